namespace MailStore.Import;

/// <summary>
/// One message on its way into the store: in memory while it is small, then in a temporary file that only this user can read. An LF without
/// a CR becomes CRLF, as RFC 5322 §2.1 wants it; every other octet is kept.
/// </summary>
sealed class MessageSpool : Stream
{
    const int MaxInMemory = 1024 * 1024;

    readonly MemoryStream memory = new();
    FileStream? file;
    bool afterReturn;

    /// <inheritdoc/>
    public override long Length => Content.Length;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Position { get => Content.Position; set => throw new NotSupportedException(); }

    Stream Content => file is not null ? file : memory;

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken = default)
    {
        while (!octets.IsEmpty)
        {
            var lineEnd = octets.Span.IndexOf((byte)'\n');
            if (lineEnd < 0)
            {
                afterReturn = octets.Span[^1] == (byte)'\r';
                await StoreAsync(octets, cancellationToken);
                return;
            }

            var hasReturn = lineEnd > 0 ? octets.Span[lineEnd - 1] == (byte)'\r' : afterReturn;
            await StoreAsync(octets[..lineEnd], cancellationToken);
            await StoreAsync(hasReturn ? LineFeed : ReturnAndLineFeed, cancellationToken);
            afterReturn = false;
            octets = octets[(lineEnd + 1)..];
        }
    }

    /// <summary>The whole message, from its first octet; read by one reader at a time and not closed by it.</summary>
    public Stream Rewind()
    {
        Content.Position = 0;
        return Content;
    }

    /// <summary>The header, or as much of it as <see cref="MessageHeader.MaxLength"/> octets hold.</summary>
    public async ValueTask<MessageHeader> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        if (file is null)
            return MessageHeader.Parse(memory.GetBuffer().AsSpan(0, (int)Math.Min(memory.Length, MessageHeader.MaxLength)));
        var start = new byte[MessageHeader.MaxLength];
        var length = await Rewind().ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        file.Position = file.Length;
        return MessageHeader.Parse(start.AsSpan(0, length));
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (file is not null)
            await file.DisposeAsync();
        await memory.DisposeAsync();
        await base.DisposeAsync();
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

    static ReadOnlyMemory<byte> LineFeed { get; } = "\n"u8.ToArray();

    static ReadOnlyMemory<byte> ReturnAndLineFeed { get; } = "\r\n"u8.ToArray();

    async ValueTask StoreAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        if (file is null && memory.Length + octets.Length > MaxInMemory)
            await MoveToFileAsync(cancellationToken);
        if (file is not null)
            await file.WriteAsync(octets, cancellationToken);
        else
            memory.Write(octets.Span);
    }

    async ValueTask MoveToFileAsync(CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        file = new FileStream(Path.Combine(Path.GetTempPath(), $"mailstore-{Path.GetRandomFileName()}"), options);
        memory.Position = 0;
        await memory.CopyToAsync(file, cancellationToken);
        memory.SetLength(0);
        memory.Capacity = 0;
    }
}
