using System.Buffers;

namespace Backend.EfCore.Messages;

/// <summary>
/// An arriving message that can be read again: in memory while it is small, in a temporary file that vanishes with its handle when it is not.
/// </summary>
sealed class SpooledBody : IAsyncDisposable
{
    readonly Stream stream;

    SpooledBody(Stream stream) => this.stream = stream;

    public Stream Stream => stream;

    public long Length => stream.Length;

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.TooBig"/>; <see cref="BackendError.Unavailable"/>: there is no room for it.
    /// And whatever the stream throws.</exception>
    public static async Task<SpooledBody> ReadAsync(Stream source, MailStoreOptions options, CancellationToken cancellationToken)
    {
        Stream spool = new MemoryStream();
        var isStoring = false;
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            int count;
            while ((count = await source.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (spool.Length + count > options.MaxMessageSize)
                    throw new BackendException(BackendError.TooBig, $"The message is larger than {options.MaxMessageSize} octets, the most that is taken here.");
                isStoring = true;
                if (spool is MemoryStream && spool.Length + count > options.SpoolThreshold)
                    spool = await ToFileAsync(spool, options.SpoolFolder, cancellationToken);
                await spool.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                isStoring = false;
            }

            spool.Position = 0;
            return new SpooledBody(spool);
        }
        catch (Exception exception) when (isStoring && exception is IOException or UnauthorizedAccessException)
        {
            await spool.DisposeAsync();
            throw new BackendException(BackendError.Unavailable, "There is no room where messages wait while they arrive. Try again later.", exception);
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    static async Task<Stream> ToFileAsync(Stream memory, string folder, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            // Whoever writes and reads has a buffer; without one here, a full disk shows at once.
            BufferSize = 0,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(Path.Combine(folder, Path.GetRandomFileName()), options);
        memory.Position = 0;
        await memory.CopyToAsync(file, cancellationToken);
        await memory.DisposeAsync();
        return file;
    }
}
