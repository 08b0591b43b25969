using System.IO.Pipelines;

namespace Imap.Server.Extensions.Catenate;

/// <summary>
/// A part of a stored message as a stream to read from. The store writes it out while it is read, and waits where the reader does, so no more than
/// <see cref="MaxWaiting"/> octets of it are in memory.
/// </summary>
sealed class StoredPart : Stream
{
    const int MaxWaiting = 128 * 1024;

    readonly Pipe pipe = new(new PipeOptions(pauseWriterThreshold: MaxWaiting, resumeWriterThreshold: MaxWaiting / 2, useSynchronizationContext: false));
    readonly CancellationTokenSource given;
    readonly Stream reader;
    readonly Task giving;

    /// <summary>Begins to read.</summary>
    /// <param name="octets">From the store; valid until the enumerator that gave them moves on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public StoredPart(MessageUrl.Found octets, CancellationToken cancellationToken)
    {
        given = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        reader = pipe.Reader.AsStream();
        giving = GiveAsync(octets);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => reader.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The store is read asynchronously.");

    public override async ValueTask DisposeAsync()
    {
        await given.CancelAsync();
        await reader.DisposeAsync();
        await giving;
        given.Dispose();
        await base.DisposeAsync();
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // What goes wrong goes to the reader.
    async Task GiveAsync(MessageUrl.Found part)
    {
        Exception? fault = null;
        try
        {
            await using (part)
                await part.Octets.CopyToAsync(pipe.Writer.AsStream(leaveOpen: true), given.Token);
        }
        catch (BackendException exception) when (exception.Error == BackendError.Expunged)
        {
            fault = MessageUrl.Refusal(part.Url);
        }
        catch (Exception exception)
        {
            fault = exception;
        }

        await pipe.Writer.CompleteAsync(fault);
    }
}
