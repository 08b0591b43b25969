namespace Imap.Server.Appending;

/// <summary>The octets of a message that is made of pieces, which are opened one after the other.</summary>
sealed class ArrivingStream(ArrivingMessages messages, IAsyncEnumerator<Stream> pieces) : Stream
{
    long position;
    bool isInPiece;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("How long the message is shows when it has come.");

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            if (!isInPiece && !await pieces.MoveNextAsync())
            {
                if (position == 0)
                    throw ArrivingMessages.EmptyMessage();
                messages.EndMessage();
                return 0;
            }

            isInPiece = true;
            var count = await pieces.Current.ReadAsync(buffer, cancellationToken);
            if (count > 0)
            {
                messages.Count(count);
                position += count;
                return count;
            }

            isInPiece = false;
        }

        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A network is read asynchronously.");

    public override async ValueTask DisposeAsync()
    {
        await pieces.DisposeAsync();
        await base.DisposeAsync();
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
