using System.Buffers;
using Imap.Server.Registry;

namespace Imap.Server.Wire;

/// <summary>
/// Reads the words of the grammar from one command that is complete in memory. Everything that is not as RFC 9051 §9 or RFC 3501 §9
/// writes it is an <see cref="ImapSyntaxException"/> that says what was expected where. It allocates only what it hands out.
/// </summary>
ref struct ImapReader(ReadOnlySpan<byte> text, ParseContext context, int start = 0)
{
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly ReadOnlySpan<byte> text = text;
    int position = start;
    int depth;
    int searchKeys;

    /// <summary>What the words can be here, and which form of the command is read.</summary>
    public ParseContext Context { get; } = context;

    /// <summary>Whether nothing is left.</summary>
    public readonly bool AtEnd => position == text.Length;

    /// <summary>Where it stands, in octets from the start of the command.</summary>
    public readonly int Position => position;

    /// <summary>What is left.</summary>
    public readonly ReadOnlySpan<byte> Rest => text[position..];

    /// <summary>Whether the next octet is this one.</summary>
    public readonly bool NextIs(char octet) => position < text.Length && text[position] == octet;

    /// <summary>Takes an octet if it is the next.</summary>
    public bool TryTake(char octet)
    {
        if (!NextIs(octet))
            return false;
        position++;
        return true;
    }

    /// <summary>Takes an octet that has to be there.</summary>
    public void Take(char octet)
    {
        if (!TryTake(octet))
            throw Expected(octet == ' ' ? "a space" : $"\"{octet}\"");
    }

    /// <summary>SP: exactly one.</summary>
    public void Space() => Take(' ');

    /// <summary>The end of the command.</summary>
    public readonly void End()
    {
        if (!AtEnd)
            throw Expected("the end of the command");
    }

    /// <summary>Passes over what is left of a command that is refused, whatever it is.</summary>
    public void SkipRest() => position = text.Length;

    /// <summary>Opens a level of parentheses; how deep they go is bounded.</summary>
    public void Open()
    {
        Take('(');
        Enter();
    }

    /// <summary>Closes a level of parentheses.</summary>
    public void Close()
    {
        Take(')');
        Leave();
    }

    /// <summary>Goes a level deeper in something that may contain itself.</summary>
    public void Enter()
    {
        if (++depth > Context.Options.MaxSearchDepth)
            throw new CommandRefusedException(ResponseCode.Limit, $"The command is nested deeper than {Context.Options.MaxSearchDepth} levels.");
    }

    /// <summary>Counts one more key of a search; how many there are is bounded.</summary>
    public void CountSearchKey()
    {
        if (++searchKeys > Context.Options.MaxSearchKeys)
            throw new CommandRefusedException(ResponseCode.Limit, $"The search has more than {Context.Options.MaxSearchKeys} keys.");
    }

    /// <summary>Comes back from a level.</summary>
    public void Leave() => depth--;

    /// <summary>tag. RFC 9051 §9.</summary>
    public ReadOnlySpan<byte> Tag() => Span(Grammar.TagChars, "a tag");

    /// <summary>atom. RFC 9051 §9.</summary>
    public ReadOnlySpan<byte> Atom(string what = "an atom") => Span(Grammar.AtomChars, what);

    /// <summary>Takes letters, digits, dots, hyphens and plus signs: a word of the protocol that something else may follow at once.</summary>
    public ReadOnlySpan<byte> Word(string what)
    {
        var start = position;
        while (position < text.Length && ((char)text[position] is '.' or '-' or '+' || char.IsAsciiLetterOrDigit((char)text[position])))
            position++;
        return position > start ? text[start..position] : throw Expected(what);
    }

    /// <summary>Takes a word of the protocol, in any case, if it is the next.</summary>
    public bool TryWord(ReadOnlySpan<byte> word)
    {
        if (text.Length - position < word.Length || !Ascii.EqualsIgnoreCase(text.Slice(position, word.Length), word))
            return false;
        position += word.Length;
        return true;
    }

    /// <summary>astring, as octets. RFC 9051 §9.</summary>
    public ReadOnlySpan<byte> AString(string what = "a string")
    {
        if (NextIs('"'))
            return Quoted();
        return NextIs('{') ? Literal() : Span(Grammar.AStringChars, what);
    }

    /// <summary>string, as octets. RFC 9051 §4.3.</summary>
    public ReadOnlySpan<byte> String(string what = "a string")
    {
        if (NextIs('"'))
            return Quoted();
        return NextIs('{') ? Literal() : throw Expected(what);
    }

    /// <summary>nstring: false for NIL. RFC 9051 §4.5.</summary>
    public bool TryNString(out ReadOnlySpan<byte> octets)
    {
        octets = default;
        if (TryWord("NIL"u8))
            return false;
        octets = String("a string or NIL");
        return true;
    }

    /// <summary>astring, as text.</summary>
    public string AStringText(string what = "a string") => Decode(AString(what));

    /// <summary>list-mailbox, as octets. RFC 9051 §9.</summary>
    public ReadOnlySpan<byte> ListMailbox()
    {
        if (NextIs('"'))
            return Quoted();
        return NextIs('{') ? Literal() : Span(Grammar.ListChars, "a mailbox pattern");
    }

    /// <summary>mailbox. RFC 9051 §5.1; RFC 3501 §5.1.</summary>
    /// <exception cref="CommandRefusedException">The name cannot be the name of a mailbox.</exception>
    public MailboxName Mailbox() => SuppliedMailbox().Name;

    /// <summary>As <see cref="Mailbox"/>, with what the client wrote.</summary>
    /// <exception cref="CommandRefusedException">The name cannot be the name of a mailbox.</exception>
    public SuppliedName SuppliedMailbox()
    {
        if (!TryDecodeMailbox(AString("a mailbox name"), out var name, out var fault) || !MailboxName.TryParse(name, out var parsed, out fault))
            throw new CommandRefusedException(ResponseCode.Cannot, fault!);
        return new SuppliedName(parsed, name);
    }

    /// <summary>
    /// Text of a mailbox name, or of a pattern for names: in the modified UTF-7 of RFC 3501 §5.1.3, or in UTF-8 once that is enabled (RFC 9051
    /// §5.1). A name that is not ASCII is UTF-8 in any case (RFC 6855 §3).
    /// </summary>
    /// <param name="octets">The name as the client wrote it.</param>
    /// <param name="text">The name as text.</param>
    /// <param name="fault">What is wrong with it, as a sentence for people.</param>
    /// <exception cref="ImapSyntaxException">It should be UTF-8 and is not.</exception>
    public readonly bool TryDecodeMailbox(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out string? text, [NotNullWhen(false)] out string? fault)
    {
        if (!Context.Enabled.SpeaksUtf8 && Ascii.IsValid(octets))
            return ModifiedUtf7.TryDecode(octets, out text, out fault);
        (text, fault) = (Decode(octets), "");
        return true;
    }

    /// <summary>number: 32 bits. RFC 9051 §9.</summary>
    public uint Number() => Number64() is var number and <= uint.MaxValue ? (uint)number : throw Expected("a number below 4294967296");

    /// <summary>number64. RFC 9051 §9.</summary>
    public long Number64()
    {
        var start = position;
        while (position < text.Length && char.IsAsciiDigit((char)text[position]))
            position++;
        if (position > start && long.TryParse(text[start..position], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        position = start;
        throw Expected("a number");
    }

    /// <summary>nz-number. RFC 9051 §9.</summary>
    public uint NonZeroNumber()
    {
        if (NextIs('0'))
            throw Expected("a number above 0");
        return Number();
    }

    /// <summary>
    /// sequence-set: UIDs in the UID form of a command, else sequence numbers; <c>$</c> is UIDs in either. RFC 9051 §9; RFC 5182 §2.1.
    /// </summary>
    public NumberSet NumberSet() => Context.Uid || NextIs('$') ? UidSet() : SequenceSet();

    /// <summary>sequence-set of UIDs.</summary>
    public UidSet UidSet()
    {
        if (TryTake('$'))
            return Context.SavedResult();
        var start = position;
        if (Backend.Abstractions.Model.UidSet.TryParse(Ranges("a set of UIDs"), out var set))
            return set;
        position = start;
        throw Expected("a set of UIDs");
    }

    /// <summary>sequence-set of sequence numbers.</summary>
    public SequenceSet SequenceSet()
    {
        var start = position;
        if (Backend.Abstractions.Model.SequenceSet.TryParse(Ranges("a set of sequence numbers"), out var set))
            return set;
        position = start;
        throw Expected("a set of sequence numbers");
    }

    /// <summary>The announcement of a literal that stays in the stream: the last thing of what is in memory.</summary>
    public LiteralHeader StreamedLiteral()
    {
        if (!NextIs('{') || !Wire.LiteralHeader.TryFind(Rest, out var header) || header.Start != 0)
            throw Expected("a literal");
        position = text.Length;
        return header;
    }

    /// <summary>Text of octets: UTF-8.</summary>
    public readonly string Decode(ReadOnlySpan<byte> octets)
    {
        try
        {
            return StrictUtf8.GetString(octets);
        }
        catch (DecoderFallbackException)
        {
            throw new ImapSyntaxException($"A string before octet {position + 1} is not UTF-8.");
        }
    }

    /// <summary>Refuses a word that RFC 9051 took out of RFC 3501, once IMAP4rev2 is enabled. RFC 9051 Appendices A and E.</summary>
    public readonly void NotInRev2(string word)
    {
        if (Context.Enabled.IsRev2)
            throw new ImapSyntaxException($"{word} is no word of IMAP4rev2, which is enabled.");
    }

    /// <summary>What to throw where something else should stand.</summary>
    public readonly ImapSyntaxException Expected(string what) =>
        new(AtEnd ? $"Expected {what} where the command ends." : $"Expected {what} at octet {position + 1}.");

    ReadOnlySpan<byte> Span(SearchValues<byte> chars, string what)
    {
        var length = Rest.IndexOfAnyExcept(chars);
        if (length < 0)
            length = Rest.Length;
        if (length == 0)
            throw Expected(what);
        position += length;
        return text.Slice(position - length, length);
    }

    // 8-bit octets are taken as they come (deviation: RFC 3501 §9 has none here): clients send passwords and search strings so, and
    // RFC 9051 §9 has them.
    ReadOnlySpan<byte> Quoted()
    {
        Take('"');
        var start = position;
        var end = Rest.IndexOfAny("\"\\\r\n"u8);
        if (end >= 0 && Rest[end] == '"')
        {
            position += end + 1;
            return text.Slice(start, end);
        }

        var content = new ArrayBufferWriter<byte>();
        while (!TryTake('"'))
        {
            if (TryTake('\\') && !NextIs('"') && !NextIs('\\'))
                throw Expected("a quote or a backslash behind the backslash of a quoted string");
            if (AtEnd || NextIs('\r') || NextIs('\n'))
                throw Expected("the end of a quoted string");
            content.Write(text.Slice(position++, 1));
        }

        return content.WrittenSpan;
    }

    ReadOnlySpan<byte> Literal()
    {
        var end = Rest.IndexOf("}\r\n"u8);
        if (end < 0 || !Wire.LiteralHeader.TryFind(Rest[..(end + 1)], out var header) || header.Start != 0 || header.Length > Rest.Length - end - 3)
            throw Expected("a literal");
        position += end + 3 + (int)header.Length;
        var octets = text.Slice(position - (int)header.Length, (int)header.Length);
        return octets.Contains((byte)0) ? throw new ImapSyntaxException("A literal has a NUL octet.") : octets;
    }

    // A set is short of memory and of time for whoever reads it, but not for whoever looks the messages up.
    ReadOnlySpan<byte> Ranges(string what)
    {
        var ranges = Span(Grammar.SetChars, what);
        return ranges.Count((byte)',') < Context.Options.MaxSetRanges
            ? ranges
            : throw new CommandRefusedException(ResponseCode.Limit, $"The set has more than {Context.Options.MaxSetRanges} ranges.");
    }
}
