namespace Imap.Server.Wire;

/// <summary>Takes the octets of a literal that has been announced, exactly as many as were announced, and sends them on as they come.</summary>
sealed class LiteralSink(ImapWriter writer, long length) : Stream
{
    long position;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    /// <summary>Checks that what was announced was given.</summary>
    public void ThrowIfIncomplete()
    {
        if (position != length)
            throw new InvalidOperationException($"A literal of {length} octets was announced, and {position} came.");
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        position += buffer.Length;
        if (position > length)
            throw new InvalidOperationException($"A literal of {length} octets was announced, and {position} came.");
        while (!buffer.IsEmpty)
        {
            var part = buffer[..Math.Min(buffer.Length, ImapWriter.FlushThreshold)];
            writer.Octets(part.Span);
            buffer = buffer[part.Length..];
            await writer.FlushIfFullAsync();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A network is written asynchronously.");

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
