namespace MailStore.Tests.Support;

/// <summary>A stream that gives at most so many octets at once.</summary>
sealed class SlowStream(byte[] octets, int size) : MemoryStream(octets)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
}
