using System.IO.Compression;

namespace Imap.Specification.Tests;

/// <summary>A client's side of COMPRESS=DEFLATE. RFC 4978 §3.</summary>
sealed class DeflatedStream(Stream below) : Stream
{
    readonly DeflateStream reading = new(below, CompressionMode.Decompress, leaveOpen: true);
    readonly DeflateStream writing = new(below, CompressionLevel.Optimal, leaveOpen: true);

    /// <summary>What it stands on.</summary>
    public Stream Below => below;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => reading.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => writing.WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => writing.FlushAsync(cancellationToken);

    public override void Flush() => writing.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
