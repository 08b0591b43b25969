using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Text.Unicode;

namespace Imap.Server.Wire;

/// <summary>
/// Writes what the server says, in the words of the grammar, and knows when to let it go: what is written is gathered in a rented
/// buffer and given to the pipe in one piece, so that an answer is one packet and a long one never is in memory as a whole.
/// RFC 9051 §9. One user at a time.
/// </summary>
sealed class ImapWriter : IDisposable
{
    /// <summary>From so many octets on, <see cref="FlushIfFullAsync"/> flushes.</summary>
    public const int FlushThreshold = 32 * 1024;

    const int BufferSize = 40 * 1024;

    static readonly FlagSet Recent = FlagSet.Of(Flag.Recent);

    readonly Deadline deadline;
    volatile PipeWriter output;
    byte[]? buffer;
    int used;
    long spilled;
    long taken;

    /// <summary>Writes to a pipe.</summary>
    /// <param name="output">The pipe to the client.</param>
    /// <param name="time">The clock.</param>
    /// <param name="sendTimeout">How long the client may leave octets untaken.</param>
    public ImapWriter(PipeWriter output, TimeProvider time, TimeSpan sendTimeout)
    {
        this.output = output;
        SendTimeout = sendTimeout;
        deadline = new Deadline(time, () => this.output.CancelPendingFlush());
    }

    /// <summary>How long the client may leave octets untaken before the connection is given up.</summary>
    public TimeSpan SendTimeout { get; }

    /// <summary>The form in which the client takes what it is told.</summary>
    public ImapForm Form { get; set; }

    /// <summary>Called when everything written so far is on its way.</summary>
    public Action? OnFlushed { get; set; }

    /// <summary>Octets written and not yet on their way.</summary>
    public long Pending => spilled + used;

    /// <summary>Where writing stands; good for <see cref="TryRollback"/>.</summary>
    public long Mark => taken + used;

    /// <summary>Takes back everything since the mark, if none of it has left the buffer.</summary>
    public bool TryRollback(long mark)
    {
        if (mark < taken)
            return false;
        used = (int)(mark - taken);
        return true;
    }

    /// <summary>Goes on writing elsewhere. Everything written so far has been flushed.</summary>
    public void SwitchTo(PipeWriter next) => output = next;

    /// <summary>Writes octets as they are.</summary>
    public ImapWriter Octets(ReadOnlySpan<byte> octets)
    {
        if (octets.Length > BufferSize - used)
            Spill();
        if (octets.Length > BufferSize)
        {
            output.Write(octets);
            spilled += octets.Length;
            taken += octets.Length;
            return this;
        }

        octets.CopyTo((buffer ??= ArrayPool<byte>.Shared.Rent(BufferSize)).AsSpan(used));
        used += octets.Length;
        return this;
    }

    /// <summary>Writes one octet.</summary>
    public ImapWriter Octet(char octet)
    {
        Room(1)[0] = (byte)octet;
        used++;
        return this;
    }

    /// <summary>SP.</summary>
    public ImapWriter Space() => Octet(' ');

    /// <summary>CRLF.</summary>
    public ImapWriter Crlf() => Octets("\r\n"u8);

    /// <summary>number. RFC 9051 §9.</summary>
    public ImapWriter Number(long number)
    {
        Utf8Formatter.TryFormat(number, Room(20), out var length);
        used += length;
        return this;
    }

    /// <summary>A word of the protocol: ASCII, written as it is.</summary>
    public ImapWriter Atom(string atom)
    {
        // Room may empty the buffer: what was used before must not be remembered.
        var length = Encoding.ASCII.GetBytes(atom, Room(atom.Length));
        used += length;
        return this;
    }

    /// <summary>
    /// text: whatever is not printable ASCII becomes a question mark, for RFC 3501 §9 allows nothing else; RFC 9051 §9 (text) has
    /// UTF-8.
    /// </summary>
    public ImapWriter Text(string text)
    {
        var encoded = Form == ImapForm.Rev2 ? Encoding.UTF8.GetBytes(text) : Encoding.ASCII.GetBytes(text);
        foreach (var octet in encoded)
            Octet(octet is >= (byte)' ' and not 0x7F ? (char)octet : '?');
        return this;
    }

    /// <summary>string: quoted where that is possible, else a literal. RFC 9051 §4.3.</summary>
    public ImapWriter String(ReadOnlySpan<byte> octets)
    {
        if (octets.IndexOfAnyExceptInRange((byte)' ', (byte)'~') >= 0 && !(Form >= ImapForm.Utf8 && IsText(octets)))
            return LiteralHeader(octets.Length).Octets(octets);
        Octet('"');
        for (var special = octets.IndexOfAny((byte)'"', (byte)'\\'); special >= 0; special = octets.IndexOfAny((byte)'"', (byte)'\\'))
        {
            Octets(octets[..special]).Octet('\\').Octet((char)octets[special]);
            octets = octets[(special + 1)..];
        }

        return Octets(octets).Octet('"');
    }

    /// <summary>string, of text as UTF-8.</summary>
    public ImapWriter String(string text) => String(Encoding.UTF8.GetBytes(text));

    /// <summary>nstring.</summary>
    public ImapWriter NString(string? text) => text is null ? Nil() : String(text);

    /// <summary>nil.</summary>
    public ImapWriter Nil() => Octets("NIL"u8);

    /// <summary>The announcement of a literal with its CRLF; the octets follow.</summary>
    public ImapWriter LiteralHeader(long length) => Octet('{').Number(length).Octets("}\r\n"u8);

    /// <summary>astring.</summary>
    public ImapWriter AString(ReadOnlySpan<byte> octets) =>
        octets.IsEmpty || octets.ContainsAnyExcept(Grammar.AStringChars) || Ascii.EqualsIgnoreCase(octets, "NIL"u8) ? String(octets) : Octets(octets);

    /// <summary>mailbox.</summary>
    public ImapWriter Mailbox(MailboxName name) => Mailbox(name.Value);

    /// <summary>mailbox, of any text: in the modified UTF-7 of RFC 3501 §5.1.3, or in UTF-8 (RFC 9051 §5.1; RFC 6855 §3).</summary>
    public ImapWriter Mailbox(string name) => AString(Form >= ImapForm.Utf8 ? Encoding.UTF8.GetBytes(name) : ModifiedUtf7.Encode(name));

    /// <summary>flag-list; RFC 9051 §2.3.2 has no \Recent.</summary>
    public ImapWriter Flags(FlagSet flags) =>
        Octets((Form == ImapForm.Rev2 && flags.Contains(Flag.Recent) ? flags.Except(Recent) : flags).Encoded.Span);

    /// <summary>uid-set or sequence-set; not empty.</summary>
    public ImapWriter Set(NumberSet set)
    {
        for (var i = 0; i < set.Ranges.Length; i++)
        {
            if (i > 0)
                Octet(',');
            var (first, last) = set.Ranges[i];
            Number(first);
            if (last != first)
                Octet(':').Number(last);
        }

        return this;
    }

    /// <summary>date-time: <c>" 1-Jul-2026 09:05:03 +0200"</c>. RFC 9051 §9.</summary>
    public ImapWriter DateTime(DateTimeOffset time)
    {
        const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";
        Octet('"').Octet(time.Day < 10 ? ' ' : (char)('0' + (time.Day / 10))).Octet((char)('0' + (time.Day % 10))).Octet('-');
        for (var i = 0; i < 3; i++)
            Octet(Months[((time.Month - 1) * 3) + i]);
        Octet('-').TwoDigits(time.Year / 100).TwoDigits(time.Year % 100).Space();
        TwoDigits(time.Hour).Octet(':').TwoDigits(time.Minute).Octet(':').TwoDigits(time.Second).Space();
        var minutes = (int)time.Offset.TotalMinutes;
        Octet(minutes < 0 ? '-' : '+').TwoDigits(Math.Abs(minutes) / 60).TwoDigits(Math.Abs(minutes) % 60);
        return Octet('"');
    }

    /// <summary>An untagged OK, NO, BAD or BYE. RFC 9051 §7.1.</summary>
    public ImapWriter UntaggedStatus(ReadOnlySpan<byte> status, ResponseCode? code, string text) =>
        Octets("* "u8).Octets(status).Space().StatusText(code, text);

    /// <summary>A tagged response. RFC 9051 §7.1.</summary>
    public ImapWriter Tagged(ReadOnlySpan<byte> tag, Completion completion, string defaultText)
    {
        Octets(tag).Octets(completion.Status switch
        {
            CompletionStatus.Ok => " OK "u8,
            CompletionStatus.No => " NO "u8,
            _ => " BAD "u8,
        });
        return StatusText(completion.Code, completion.Text ?? defaultText);
    }

    /// <summary>Lets go what is written when there is enough of it. For the middle of long answers.</summary>
    public ValueTask FlushIfFullAsync() => Pending >= FlushThreshold ? FlushAsync() : default;

    /// <summary>Lets go everything, and waits while the client does not take it.</summary>
    public async ValueTask FlushAsync()
    {
        if (Pending == 0)
            return;
        Spill();
        spilled = 0;
        var flush = output.FlushAsync();
        if (flush.IsCompleted)
        {
            Check(await flush);
        }
        else
        {
            deadline.Start(SendTimeout);
            var result = await flush;
            deadline.Stop();
            Check(result);
        }

        OnFlushed?.Invoke();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        deadline.Dispose();
        Release();
    }

    static bool IsText(ReadOnlySpan<byte> octets) => !octets.ContainsAny(Grammar.Controls) && Utf8.IsValid(octets);

    static void Check(FlushResult result)
    {
        // The reader of the pipe is gone, or the client has not read for too long: there is nobody to tell.
        if (result.IsCompleted || result.IsCanceled)
            throw ConnectionEndException.ClientGone();
    }

    ImapWriter StatusText(ResponseCode? code, string text)
    {
        if (code is not null)
        {
            Octet('[');
            code.Write(this);
            Octets("] "u8);
        }

        return Text(text).Crlf();
    }

    ImapWriter TwoDigits(int number) => Octet((char)('0' + (number / 10))).Octet((char)('0' + (number % 10)));

    Span<byte> Room(int length)
    {
        if (length > BufferSize - used)
            Spill();
        buffer ??= ArrayPool<byte>.Shared.Rent(BufferSize);
        return buffer.AsSpan(used);
    }

    // Hands the buffer's content to the pipe, which keeps it until the next flush.
    void Spill()
    {
        if (used > 0)
            output.Write(buffer.AsSpan(0, used));
        spilled += used;
        taken += used;
        Release();
    }

    void Release()
    {
        used = 0;
        if (buffer is not null)
            ArrayPool<byte>.Shared.Return(buffer);
        buffer = null;
    }
}
