using System.Buffers;

namespace Backend.EfCore.Messages;

/// <summary>
/// Where the messages of one append are until they are stored: in memory while they are few and small, else in one temporary file, which
/// vanishes with its handle.
/// </summary>
sealed class Spool(MailStoreOptions options) : IAsyncDisposable
{
    /// <summary>All octets, one message behind the other.</summary>
    public Stream Stream { get; private set; } = new MemoryStream();

    public long Length => Stream.Length;

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.TooBig"/>; <see cref="BackendError.Unavailable"/>: there is no room for it.
    /// And whatever the stream throws.</exception>
    public async Task<SpooledBody> AddAsync(Stream source, CancellationToken cancellationToken)
    {
        var offset = Stream.Length;
        var isStoring = false;
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            Stream.Position = offset;
            int count;
            while ((count = await source.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (Stream.Length - offset + count > options.MaxMessageSize)
                    throw new BackendException(BackendError.TooBig, $"The message is larger than {options.MaxMessageSize} octets, the most that is taken here.");
                isStoring = true;
                if (Stream is MemoryStream && Stream.Length + count > options.SpoolThreshold)
                    Stream = await ToFileAsync(Stream, options.SpoolFolder, cancellationToken);
                await Stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                isStoring = false;
            }

            return new SpooledBody(this, offset, Stream.Length - offset);
        }
        catch (Exception exception) when (isStoring && exception is IOException or UnauthorizedAccessException)
        {
            throw new BackendException(BackendError.Unavailable, "There is no room where messages wait while they arrive. Try again later.", exception);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The stream, standing there.</summary>
    public Stream At(long position)
    {
        Stream.Position = position;
        return Stream;
    }

    public ValueTask DisposeAsync() => Stream.DisposeAsync();

    static async Task<Stream> ToFileAsync(Stream memory, string folder, CancellationToken cancellationToken)
    {
        var file = new FileStream(Path.Combine(folder, Path.GetRandomFileName()), FileOptions());
        memory.Position = 0;
        await memory.CopyToAsync(file, cancellationToken);
        await memory.DisposeAsync();
        return file;
    }

    static FileStreamOptions FileOptions()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            // Whoever writes and reads has a buffer; without one here, a full disk shows at once.
            BufferSize = 0,
            Options = System.IO.FileOptions.DeleteOnClose | System.IO.FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
