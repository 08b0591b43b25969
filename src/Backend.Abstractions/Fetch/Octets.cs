namespace Backend.Abstractions.Fetch;

/// <summary>
/// A run of octets of a stored message. It may stand in the store still and be read piece by piece, so a large one never is in memory
/// as a whole. Valid until the enumerator that gave it moves on; read by one reader at a time.
/// </summary>
public abstract class Octets
{
    /// <summary>No octet.</summary>
    public static Octets Empty { get; } = new OctetsInMemory(default);

    /// <summary>How many octets there are.</summary>
    public abstract long Length { get; }

    /// <summary>Whether a NUL is among them; null where nobody has looked. Known of what is in memory, and of decoded parts.</summary>
    public virtual bool? HasNul => null;

    /// <summary>Writes all of them in order, exactly <see cref="Length"/>.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.Expunged"/>: the message is gone meanwhile and its octets with it.</exception>
    public abstract ValueTask CopyToAsync(Stream destination, CancellationToken cancellationToken);

    /// <summary>The octets at once, where they are in memory already.</summary>
    public virtual bool TryGetMemory(out ReadOnlyMemory<byte> octets)
    {
        octets = default;
        return false;
    }

    /// <summary>Octets that are in memory.</summary>
    public static Octets FromMemory(ReadOnlyMemory<byte> octets) => octets.IsEmpty ? Empty : new OctetsInMemory(octets);

    /// <summary>All octets in one array. For small ones, such as headers.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.Expunged"/>: the message is gone meanwhile.</exception>
    public async ValueTask<byte[]> ToArrayAsync(CancellationToken cancellationToken)
    {
        if (TryGetMemory(out var octets))
            return octets.ToArray();
        using var copy = new MemoryStream(checked((int)Length));
        await CopyToAsync(copy, cancellationToken);
        return copy.ToArray();
    }
}
