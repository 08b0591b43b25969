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
    /// <exception cref="BackendException"><see cref="BackendError.TooBig"/>; <see cref="BackendError.Unavailable"/>: no room for it; and whatever the stream throws.</exception>
    public static async Task<SpooledBody> ReadAsync(Stream source, MailStoreOptions options, CancellationToken cancellationToken)
    {
        Stream spool = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            int count;
            while ((count = await source.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (spool.Length + count > options.MaxMessageSize)
                    throw new BackendException(BackendError.TooBig, $"The message is larger than {options.MaxMessageSize} octets, the most that is taken here.");
                spool = await AddAsync(spool, buffer.AsMemory(0, count), options.SpoolThreshold, cancellationToken);
            }

            spool.Position = 0;
            return new SpooledBody(spool);
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

    /// <summary>Adds octets, in a file from here on where they are too many for memory.</summary>
    static async ValueTask<Stream> AddAsync(Stream spool, ReadOnlyMemory<byte> octets, int threshold, CancellationToken cancellationToken)
    {
        try
        {
            var target = spool is MemoryStream && spool.Length + octets.Length > threshold ? await ToFileAsync(spool, cancellationToken) : spool;
            await target.WriteAsync(octets, cancellationToken);
            return target;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackendException(BackendError.Unavailable, $"The folder for temporary files ({Path.GetTempPath()}) cannot take the message: {exception.Message}", exception);
        }
    }

    static async Task<Stream> ToFileAsync(Stream memory, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
        memory.Position = 0;
        await memory.CopyToAsync(file, cancellationToken);
        await memory.DisposeAsync();
        return file;
    }
}
