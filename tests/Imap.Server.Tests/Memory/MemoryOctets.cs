namespace Imap.Server.Tests.Memory;

/// <summary>Octets that, when they are many, are given out piece by piece, as a store with chunks does.</summary>
sealed class MemoryOctets(MemoryAccount account, byte[] octets) : Octets
{
    const int Chunk = 16 * 1024;

    public override long Length => octets.Length;

    public override bool TryGetMemory(out ReadOnlyMemory<byte> memory)
    {
        memory = octets;
        return octets.Length <= Chunk && account.Backend.Intercept is null;
    }

    public override async ValueTask CopyToAsync(Stream destination, CancellationToken cancellationToken)
    {
        for (var at = 0; at < octets.Length; at += Chunk)
        {
            account.Backend.Intercept?.Invoke($"octets {at}");
            await destination.WriteAsync(octets.AsMemory(at, Math.Min(Chunk, octets.Length - at)), cancellationToken);
        }
    }
}
