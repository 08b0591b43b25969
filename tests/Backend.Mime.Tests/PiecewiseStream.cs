namespace Backend.Mime.Tests;

/// <summary>A stream that gives a few octets at a time, as a network or a database does.</summary>
sealed class PiecewiseStream(byte[] octets, int size) : MemoryStream(octets, writable: false)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, size)], cancellationToken);
}
