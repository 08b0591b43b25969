namespace MailStore.Import;

/// <summary>Compares what is written to it with the octets of another stream.</summary>
sealed class ComparingStream(Stream expected) : Stream
{
    readonly byte[] buffer = new byte[16 * 1024];

    /// <summary>Whether all octets written so far are the expected ones.</summary>
    public bool IsEqual { get; private set; } = true;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken = default)
    {
        while (IsEqual && !octets.IsEmpty)
        {
            var length = Math.Min(buffer.Length, octets.Length);
            var read = await expected.ReadAtLeastAsync(buffer.AsMemory(0, length), length, throwOnEndOfStream: false, cancellationToken);
            IsEqual = octets.Span[..length].SequenceEqual(buffer.AsSpan(0, read));
            octets = octets[length..];
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronous writes.");

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
