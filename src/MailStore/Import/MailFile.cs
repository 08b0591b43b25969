using System.IO.Compression;

namespace MailStore.Import;

/// <summary>Files with mail, perhaps compressed.</summary>
static class MailFile
{
    /// <summary>Opens a file, decompressed when it is gzip, whatever its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="onRead">Is told of octets of the file, as they are read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidDataException">When it is read: it is gzip and damaged or cut off.</exception>
    public static async Task<Stream> OpenAsync(string path, Action<int> onRead, CancellationToken cancellationToken)
    {
        var file = new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, Share = FileShare.ReadWrite | FileShare.Delete });
        var magic = new byte[2];
        var isGzip = await file.ReadAtLeastAsync(magic, 2, throwOnEndOfStream: false, cancellationToken) == 2 && magic is [0x1f, 0x8b];
        file.Position = 0;
        var counting = new ReadCountingStream(file, onRead);
        return isGzip ? new GZipStream(counting, CompressionMode.Decompress) : counting;
    }
}
