namespace Backend.Abstractions.Fetch;

/// <summary>Octets that are in memory.</summary>
sealed class OctetsInMemory(ReadOnlyMemory<byte> octets) : Octets
{
    public override long Length => octets.Length;

    public override bool? HasNul => octets.Span.Contains((byte)0);

    public override ValueTask CopyToAsync(Stream destination, CancellationToken cancellationToken) => destination.WriteAsync(octets, cancellationToken);

    public override bool TryGetMemory(out ReadOnlyMemory<byte> memory)
    {
        memory = octets;
        return true;
    }
}
