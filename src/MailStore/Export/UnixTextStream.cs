namespace MailStore.Export;

/// <summary>
/// Writes a message as Unix programs keep it in a file: CRLF becomes LF, and in an mbox each line that begins with <c>From </c>, or that
/// behind <c>&gt;</c> signs, gets one more <c>&gt;</c> (mboxrd). A CRLF behind another CR is left, so that an import, which makes CRLF of
/// LF, gives back the same octets for every message without a bare LF.
/// </summary>
sealed class UnixTextStream(Stream destination, bool quoteFrom) : Stream
{
    readonly MemoryStream pending = new();
    int fromMatched;
    bool onlySigns = true;
    bool endsLine = true;
    bool heldReturn;
    bool returnBeforeHeld;

    /// <summary>Whether nothing was written yet, or an LF last.</summary>
    public bool EndsLine => endsLine && !heldReturn && fromMatched == 0;

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
        foreach (var octet in octets.Span)
            Convert(octet);
        await WritePendingAsync(cancellationToken);
    }

    /// <summary>Writes what was held back until its continuation would be known.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (heldReturn)
            Put((byte)'\r');
        heldReturn = false;
        ReleaseMatched();
        await WritePendingAsync(cancellationToken);
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

    void Convert(byte octet)
    {
        if (octet == (byte)'\n' && heldReturn && !returnBeforeHeld)
        {
            heldReturn = false;
            Put(octet);
            return;
        }

        var wasHeld = heldReturn;
        if (heldReturn)
            Put((byte)'\r');
        heldReturn = octet == (byte)'\r';
        returnBeforeHeld = heldReturn && wasHeld;
        if (!heldReturn)
            Put(octet);
    }

    void Put(byte octet)
    {
        if (quoteFrom && onlySigns && octet == FromLine.Start[fromMatched])
        {
            if (++fromMatched < FromLine.Start.Length)
                return;
            // Among > signs it is the same which of them is the new one.
            pending.WriteByte((byte)'>');
            ReleaseMatched();
            return;
        }

        ReleaseMatched();
        pending.WriteByte(octet);
        endsLine = octet == (byte)'\n';
        onlySigns = endsLine || (onlySigns && octet == (byte)'>');
    }

    // What looked like the beginning of "From ".
    void ReleaseMatched()
    {
        if (fromMatched == 0)
            return;
        pending.Write(FromLine.Start[..fromMatched]);
        fromMatched = 0;
        onlySigns = endsLine = false;
    }

    async ValueTask WritePendingAsync(CancellationToken cancellationToken)
    {
        await destination.WriteAsync(pending.GetBuffer().AsMemory(0, (int)pending.Length), cancellationToken);
        pending.SetLength(0);
    }
}
