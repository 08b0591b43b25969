using System.IO.Compression;

namespace Imap.Server.Connection;

/// <summary>
/// Decompresses what the client sends. RFC 4978 §3. It takes no more from below than up to where the client flushed last, so that what follows
/// behind the compression (RFC 8437 §4.1) is still there when that ends. What is no DEFLATE data is the end: nothing can be read behind it.
/// </summary>
sealed class InflatingStream(Stream below) : DeflateStream(below, CompressionMode.Decompress, leaveOpen: true)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return 0;
        }
    }
}
