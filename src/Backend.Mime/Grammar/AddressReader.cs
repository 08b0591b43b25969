using System.Buffers;

namespace Backend.Mime.Grammar;

/// <summary>
/// Reads an address field as an envelope shows it: encoded-words stay encoded, groups are marked, and what is no address is still
/// shown. RFC 5322 §3.4, §4.4; RFC 9051 §7.5.2 (ENVELOPE).
/// </summary>
ref struct AddressReader
{
    // More than any mail has; a bound for what an attacker can make of one field.
    const int MaxAddresses = 10_000;

    readonly List<EnvelopeAddress> addresses = [];
    readonly ArrayBufferWriter<byte> words = new();
    FieldReader reader;
    byte[]? comment;
    byte[]? route;
    byte[]? spec;
    bool inGroup;

    AddressReader(ReadOnlySpan<byte> text) => reader = new FieldReader(text);

    /// <summary>Reads the unfolded field.</summary>
    public static List<EnvelopeAddress> Read(byte[]? field)
    {
        if (field is null)
            return [];
        var addresses = new AddressReader(field);
        addresses.ReadAll();
        return addresses.addresses;
    }

    void ReadAll()
    {
        while (!reader.AtEnd && addresses.Count < MaxAddresses)
            ReadToken();
        EndAddress();
        if (inGroup)
            addresses.Add(EnvelopeAddress.GroupEnd);
    }

    void ReadToken()
    {
        switch ((char)reader.Next)
        {
            case ' ' or '\t' or '\r' or '\n':
                reader.SkipSpace();
                Space();
                break;
            case '(':
                var content = reader.TakeComment().Trim(" \t"u8);
                comment = content.IsEmpty ? comment : Unescape(content);
                break;
            case '"':
                ReadQuoted();
                break;
            case '<':
                ReadAngle();
                break;
            case '[':
                ReadDomainLiteral();
                break;
            default:
                ReadSeparatorOrText();
                break;
        }
    }

    void ReadSeparatorOrText()
    {
        if (reader.TryTake((byte)','))
            EndAddress();
        else if (reader.TryTake((byte)';'))
            EndGroup();
        else if (!inGroup && spec is null && reader.TryTake((byte)':'))
            BeginGroup();
        else
        {
            // The first octet is no separator here, whatever it is.
            words.Write(reader.Rest[..1]);
            reader.Position++;
            words.Write(reader.TakeUntil(" \t\r\n(\"<[,;:"u8));
        }
    }

    // In a display name the quotes go; in an address they are part of it. RFC 5322 §3.4.1 (local-part).
    void ReadQuoted()
    {
        var start = reader.Position;
        var content = new ArrayBufferWriter<byte>();
        var rest = reader.Rest;
        reader.TakeQuoted(content);
        var isLocalPart = !reader.AtEnd && reader.Next is (byte)'@' or (byte)'.';
        words.Write(isLocalPart ? rest[..(reader.Position - start)] : content.WrittenSpan);
    }

    void ReadDomainLiteral()
    {
        words.Write(reader.TakeUntil("]"u8));
        if (reader.TryTake((byte)']'))
            words.Write("]"u8);
    }

    void ReadAngle()
    {
        reader.Position++;
        var inner = new ArrayBufferWriter<byte>();
        while (!reader.AtEnd && !reader.TryTake((byte)'>'))
        {
            if (reader.Next == (byte)'(')
            {
                reader.TakeComment();
            }
            else if (reader.Next == (byte)'"')
            {
                var start = reader.Position;
                var rest = reader.Rest;
                reader.TakeQuoted(new ArrayBufferWriter<byte>());
                inner.Write(rest[..(reader.Position - start)]);
            }
            else
            {
                var octet = reader.Rest[..1];
                reader.Position++;
                if (octet[0] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                    inner.Write(octet);
            }
        }

        var text = inner.WrittenSpan;
        var colon = text.StartsWith("@"u8) ? text.IndexOf((byte)':') : -1;
        route = colon > 0 ? text[..colon].ToArray() : null;
        spec = text[(colon + 1)..].ToArray();
    }

    void BeginGroup()
    {
        addresses.Add(EnvelopeAddress.GroupStart(Words() ?? []));
        inGroup = true;
        Reset();
    }

    void EndGroup()
    {
        EndAddress();
        if (inGroup)
            addresses.Add(EnvelopeAddress.GroupEnd);
        inGroup = false;
    }

    void EndAddress()
    {
        var phrase = Words();
        if (spec is not null)
            Add(phrase ?? comment, spec);
        else if (phrase is not null)
            AddBare(phrase);
        Reset();
    }

    // An address without angle brackets: its name is in a comment (RFC 822), or wrongly just in front of it.
    readonly void AddBare(byte[] phrase)
    {
        var at = phrase.AsSpan().LastIndexOf((byte)'@');
        if (at < 0)
        {
            Add(comment, phrase);
            return;
        }

        var local = phrase.AsSpan(0, at).TrimEnd(" "u8);
        var space = local.EndsWith("\""u8) ? -1 : local.LastIndexOf((byte)' ');
        var name = space < 0 ? comment : local[..space].TrimEnd(" "u8).ToArray();
        Add(name, [.. local[(space + 1)..], (byte)'@', .. phrase.AsSpan(at + 1).TrimStart(" "u8)]);
    }

    readonly void Add(byte[]? name, ReadOnlySpan<byte> address)
    {
        // Host is never NIL here, for that would mark a group: an address without a domain has an empty one.
        var at = address.LastIndexOf((byte)'@');
        var mailbox = at < 0 ? address : address[..at];
        var host = at < 0 ? default : address[(at + 1)..];
        addresses.Add(new EnvelopeAddress(name, route, mailbox.ToArray(), host.ToArray()));
    }

    void Reset()
    {
        words.ResetWrittenCount();
        comment = route = spec = null;
    }

    readonly void Space()
    {
        if (words.WrittenCount > 0 && words.WrittenSpan[^1] != (byte)' ')
            words.Write(" "u8);
    }

    readonly byte[]? Words()
    {
        var phrase = words.WrittenSpan.Trim(" "u8);
        return phrase.IsEmpty ? null : phrase.ToArray();
    }

    static byte[] Unescape(ReadOnlySpan<byte> comment)
    {
        var content = new ArrayBufferWriter<byte>(comment.Length);
        for (var i = 0; i < comment.Length; i++)
        {
            if (comment[i] == (byte)'\\' && i + 1 < comment.Length)
                i++;
            content.Write(comment.Slice(i, 1));
        }

        return content.WrittenSpan.ToArray();
    }
}
