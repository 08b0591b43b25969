using System.IO.Compression;
using System.IO.Pipelines;

namespace Imap.Server.Connection;

/// <summary>DEFLATE in both directions over a pipe. Each flush is one of the compression too, so no answer waits in it. RFC 4978 §3.</summary>
sealed class CompressionLayer : IAsyncDisposable
{
    /// <summary>What a client may send to end its compression in good order: a last block with nothing in it. RFC 1951 §3.2.3, §3.2.6.</summary>
    public static readonly ReadOnlyMemory<byte> LastBlock = new byte[] { 0x03, 0x00 };

    readonly PipeStream below;
    readonly InflatingStream inflating;
    readonly DeflateStream deflating;

    /// <summary>Compresses from now on.</summary>
    public CompressionLayer(PipeReader reader, PipeWriter writer)
    {
        below = new PipeStream(reader, writer) { StopsAtFlushes = true };
        inflating = new InflatingStream(below);
        deflating = new DeflateStream(below, CompressionLevel.Fastest, leaveOpen: true);
        Reader = PipeReader.Create(inflating, new StreamPipeReaderOptions(leaveOpen: true));
        Writer = PipeWriter.Create(deflating, new StreamPipeWriterOptions(leaveOpen: true));
    }

    /// <summary>Gives what the client sends, decompressed: a piece at a time, so what blows up is bounded by who reads it.</summary>
    public PipeReader Reader { get; }

    /// <summary>Takes what the client is to get.</summary>
    public PipeWriter Writer { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        below.CloseOutput();
        await Reader.CompleteAsync();
        await inflating.DisposeAsync();
        await deflating.DisposeAsync();
    }
}
