namespace Imap.Server.Tests.Interception;

/// <summary>Octets that, when they are many, are given out piece by piece, as a store with chunks does; each piece may fail.</summary>
sealed class InterceptedOctets(InterceptedBackend backend, Octets octets) : Octets
{
    const int Piece = 16 * 1024;

    public override long Length => octets.Length;

    public override bool? HasNul => octets.HasNul;

    public override bool TryGetMemory(out ReadOnlyMemory<byte> memory)
    {
        memory = default;
        return octets.Length <= Piece && backend.Intercept is null && octets.TryGetMemory(out memory);
    }

    public override async ValueTask CopyToAsync(Stream destination, CancellationToken cancellationToken)
    {
        var all = await octets.ToArrayAsync(cancellationToken);
        for (var at = 0; at < all.Length; at += Piece)
        {
            backend.Before($"octets {at}");
            await destination.WriteAsync(all.AsMemory(at, Math.Min(Piece, all.Length - at)), cancellationToken);
        }
    }
}
