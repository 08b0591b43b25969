using System.Buffers;

namespace Imap.Server.Wire;

/// <summary>
/// Cuts what the client sends into commands: lines and the small literals in them, asking for those that wait to be asked for
/// (RFC 9051 §4.3; RFC 7888 §3). Only the literal that a command wants to read itself is left in the stream. Memory is bounded whatever
/// comes: what is too large is skipped, and where the next command begins cannot be told any longer, the connection ends.
/// </summary>
sealed class CommandFramer(ImapInput input, ImapWriter output, FramerLimits limits)
{
    // How much of a line without an end is skipped before we give up to look for one.
    const int MaxSkippedLine = 1024 * 1024;

    // A literal that is not taken is read and thrown away up to this size (RFC 7888 §4, first choice).
    const long MaxSkippedLiteral = uint.MaxValue;

    readonly OctetBuffer buffer = new();
    readonly byte[] tail = new byte[LiteralHeader.MaxLength + 2];
    int lineOctets;
    int lineLimit;
    int tailLength;
    string? fault;
    LiteralHeader? body;
    long bodyLeft;
    bool bodyAsked;
    int literals;
    bool isTooBig;

    /// <summary>What is taken.</summary>
    public FramerLimits Limits { get; private set; } = limits;

    /// <summary>From now on takes something else.</summary>
    public void Use(FramerLimits next) => Limits = next;

    /// <summary>Waits until the client says something or goes, and takes nothing of it. Writes nothing.</summary>
    public async Task WaitAsync() => input.AdvanceTo((await input.ReadAsync(Limits.Patience, flush: false)).Buffer.Start);

    /// <summary>Reads the next command; null when the client has gone, be it in the middle of one.</summary>
    public ValueTask<CommandFrame?> ReadCommandAsync(LiteralTest isBody)
    {
        literals = 0;
        return ReadFrameAsync(isBody, Limits.Patience);
    }

    /// <summary>
    /// Reads on in the command behind its body: up to its end, or up to and with the announcement of the next body. What was read of it before is no
    /// longer valid.
    /// </summary>
    /// <exception cref="ImapSyntaxException">It cannot be a command.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadOnAsync(LiteralTest isBody)
    {
        var frame = await ReadFrameAsync(isBody, Limits.CommandPatience) ?? throw ConnectionEndException.ClientGone();
        return frame.Fault is null ? frame.Octets : throw new ImapSyntaxException(frame.Fault, frame.FaultCode);
    }

    async ValueTask<CommandFrame?> ReadFrameAsync(LiteralTest isBody, TimeSpan patience)
    {
        Begin();
        (body, isTooBig) = (null, false);
        while (true)
        {
            if (!await ReadLineAsync(patience))
                return null;
            patience = Limits.CommandPatience;
            if (!TryFindLiteral(out var literal))
                return Frame(null);
            if (fault is null && isBody(buffer.Written.Span[..literal.Start]))
            {
                (body, bodyLeft, bodyAsked) = (literal, literal.Length, false);
                return Frame(literal);
            }

            CheckLiteral(literal);
            // A literal that waits to be asked for and is not ends the command: the client sends no more of it.
            if (fault is not null && literal.Synchronizing)
                return Frame(null);
            if (!await ReadLiteralAsync(literal))
                return null;
        }
    }

    CommandFrame Frame(LiteralHeader? left) => new(WithoutLineEnd(), left, fault) { FaultCode = isTooBig ? ResponseCode.TooBig : null };

    void CheckLiteral(LiteralHeader literal)
    {
        // RFC 7888 §5: with TOOBIG, which APPEND has to be answered with, and which is true of any command.
        isTooBig |= fault is null && literal.IsTooLargeUnasked(Limits.MaxLengthUnasked);
        if (isTooBig)
            fault ??= LiteralHeader.TooLargeUnasked;
        else if (++literals > Limits.MaxLiterals)
            fault ??= $"The command has more than {Limits.MaxLiterals} literals.";
        else if (literal.Length > Limits.MaxLiteralLength)
            fault ??= $"The literal has more than {Limits.MaxLiteralLength} octets, which only the message of an APPEND may have.";
    }

    /// <summary>Reads one line of the client's that is no command, such as the base64 of AUTHENTICATE; null when the client has gone.</summary>
    /// <param name="patience">How long to wait for it.</param>
    /// <param name="flush">Whether to send first what was written. Not while somebody else writes.</param>
    /// <param name="maxLength">How long it may be; null for as long as a command.</param>
    /// <exception cref="ImapSyntaxException">It is none, or too long.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadContinuationAsync(TimeSpan patience, bool flush = true, int? maxLength = null)
    {
        Begin();
        lineLimit = maxLength ?? lineLimit;
        if (!await ReadLineAsync(patience, flush))
            return null;
        return fault is null ? WithoutLineEnd() : throw new ImapSyntaxException(fault);
    }

    /// <summary>What was read last of the command, as <see cref="CommandFrame.Octets"/>.</summary>
    public ReadOnlyMemory<byte> Text => WithoutLineEnd();

    /// <summary>Makes whoever reads give up with an <see cref="OperationCanceledException"/>.</summary>
    public void CancelRead() => input.CancelRead();

    /// <summary>Gives the literal that <see cref="ReadCommandAsync"/> left, asking for it if the client waits for that.</summary>
    public Stream OpenBody()
    {
        if (body is not { } literal)
            throw new InvalidOperationException("The command has no literal to read.");
        bodyAsked = true;
        if (literal.Synchronizing)
            output.Octets("+ OK\r\n"u8);
        return new LiteralStream(this, literal.Length);
    }

    /// <summary>Reads octets of the body; zero when it is over. What stands behind it <see cref="ReadOnAsync"/> reads.</summary>
    public async ValueTask<int> ReadBodyAsync(Memory<byte> destination)
    {
        if (bodyLeft == 0)
            return 0;
        var result = await input.ReadAsync(Limits.CommandPatience);
        if (result.Buffer.IsEmpty)
            throw ConnectionEndException.ClientGone();

        var part = result.Buffer.Slice(0, Math.Min(Math.Min(bodyLeft, destination.Length), result.Buffer.Length));
        var count = (int)part.Length;
        part.CopyTo(destination.Span);
        input.AdvanceTo(part.End);
        bodyLeft -= count;
        return count;
    }

    /// <summary>After a command: skips what is left of its body, if the client has been or will be sending it.</summary>
    public async ValueTask SkipBodyAsync()
    {
        if (body is not { } literal)
            return;
        if (bodyAsked || !literal.Synchronizing)
        {
            await SkipAsync(bodyLeft);
            bodyLeft = 0;
            await SkipRestAsync();
        }

        body = null;
    }

    async ValueTask SkipRestAsync()
    {
        Begin();
        if (!await ReadLineAsync(Limits.CommandPatience))
            throw ConnectionEndException.ClientGone();
        await SkipLiteralsAsync();
    }

    // What follows of a command whose last line has been read: literals that come unasked, and their lines.
    async ValueTask SkipLiteralsAsync()
    {
        while (TryFindLiteral(out var literal) && !literal.Synchronizing)
        {
            await SkipAsync(literal.Length);
            buffer.Clear();
            if (!await ReadLineAsync(Limits.CommandPatience))
                throw ConnectionEndException.ClientGone();
        }
    }

    bool TryFindLiteral(out LiteralHeader literal)
    {
        // Of a line that was too long, only the end is there.
        var line = lineOctets > lineLimit ? tail.AsSpan(0, tailLength) : buffer.Written.Span;
        literal = default;
        return line.EndsWith("\r\n"u8) && LiteralHeader.TryFind(line[..^2], out literal);
    }

    ReadOnlyMemory<byte> WithoutLineEnd()
    {
        var octets = buffer.Written;
        return octets.Span.EndsWith("\r\n"u8) ? octets[..^2] : octets.Span.EndsWith("\n"u8) ? octets[..^1] : octets;
    }

    // Appends a line with its end to the buffer, or as much of it as is taken. False when the client has gone.
    async ValueTask<bool> ReadLineAsync(TimeSpan patience, bool flush = true)
    {
        tailLength = 0;
        while (true)
        {
            var result = await input.ReadAsync(patience, flush);
            patience = Limits.CommandPatience;
            var end = result.Buffer.PositionOf((byte)'\n');
            var part = end is { } at ? result.Buffer.Slice(0, result.Buffer.GetPosition(1, at)) : result.Buffer;
            foreach (var segment in part)
                AppendToLine(segment.Span);
            if (end is not null)
            {
                input.AdvanceTo(part.End);
                CheckLineEnd();
                return true;
            }

            input.AdvanceTo(result.Buffer.End);
            if (lineOctets > lineLimit + MaxSkippedLine)
                throw new ConnectionEndException("A line has no end.");
            if (result.IsCompleted)
                return false;
        }
    }

    void AppendToLine(ReadOnlySpan<byte> octets)
    {
        if (fault is null && octets.Contains((byte)0))
            fault = "The command has a NUL octet.";
        if (lineOctets <= lineLimit && lineOctets + octets.Length > lineLimit)
            Lengthen(octets);
        if (lineOctets <= lineLimit && lineOctets + octets.Length > lineLimit)
        {
            fault ??= $"The command line is longer than {lineLimit} octets.";
            buffer.Append(octets[..(lineLimit - lineOctets)]);
        }
        else if (lineOctets <= lineLimit)
        {
            buffer.Append(octets);
        }

        lineOctets += octets.Length;
        KeepTail(octets);
    }

    void Begin()
    {
        buffer.Clear();
        (lineOctets, lineLimit, fault) = (0, Limits.MaxLineLength, null);
    }

    // The command's word is within the first line, and within what any line may have of it.
    void Lengthen(ReadOnlySpan<byte> octets)
    {
        if (Limits.HasLongLine is not { } hasLongLine || lineLimit >= Limits.MaxLongLineLength)
            return;
        Span<byte> start = stackalloc byte[128];
        var kept = buffer.Written.Span;
        kept = kept[..Math.Min(kept.Length, start.Length)];
        kept.CopyTo(start);
        var more = octets[..Math.Min(octets.Length, start.Length - kept.Length)];
        more.CopyTo(start[kept.Length..]);
        if (hasLongLine(start[..(kept.Length + more.Length)]))
            lineLimit = Limits.MaxLongLineLength;
    }

    void KeepTail(ReadOnlySpan<byte> octets)
    {
        if (octets.Length >= tail.Length)
        {
            octets[^tail.Length..].CopyTo(tail);
            tailLength = tail.Length;
            return;
        }

        var kept = Math.Min(tailLength, tail.Length - octets.Length);
        tail.AsSpan(tailLength - kept, kept).CopyTo(tail);
        octets.CopyTo(tail.AsSpan(kept));
        tailLength = kept + octets.Length;
    }

    void CheckLineEnd()
    {
        if (!tail.AsSpan(0, tailLength).EndsWith("\r\n"u8))
            fault ??= "Lines end with CR and LF, and this one with LF alone.";
    }

    async ValueTask<bool> ReadLiteralAsync(LiteralHeader literal)
    {
        if (fault is not null)
            return await TrySkipAsync(literal.Length);
        if (literal.Synchronizing)
            output.Octets("+ OK\r\n"u8);
        for (var left = literal.Length; left > 0;)
        {
            var result = await input.ReadAsync(Limits.CommandPatience);
            if (result.Buffer.IsEmpty)
                return false;

            var part = result.Buffer.Slice(0, Math.Min(left, result.Buffer.Length));
            foreach (var segment in part)
                buffer.Append(segment.Span);
            left -= part.Length;
            input.AdvanceTo(part.End);
        }

        return true;
    }

    async ValueTask SkipAsync(long octets)
    {
        if (!await TrySkipAsync(octets))
            throw ConnectionEndException.ClientGone();
    }

    async ValueTask<bool> TrySkipAsync(long octets)
    {
        if (octets > MaxSkippedLiteral)
            throw new ConnectionEndException("A literal is too large even to be skipped.");
        while (octets > 0)
        {
            var result = await input.ReadAsync(Limits.CommandPatience);
            if (result.Buffer.IsEmpty)
                return false;

            var part = result.Buffer.Slice(0, Math.Min(octets, result.Buffer.Length));
            octets -= part.Length;
            input.AdvanceTo(part.End);
        }

        return true;
    }
}
