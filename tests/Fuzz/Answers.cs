using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Fuzz.Tests;

/// <summary>Reads what a server said as the strictest of clients: everything that is not a response of RFC 9051 §9 is a fault.</summary>
sealed partial class Answers(byte[] octets, bool utf8)
{
    static readonly SearchValues<char> NotInTags = SearchValues.Create("(){%*\"\\+");

    static readonly string[] Numbered = ["EXISTS", "RECENT", "EXPUNGE", "FETCH"];

    static readonly string[] Named =
    [
        "CAPABILITY", "FLAGS", "LIST", "LSUB", "SEARCH", "ESEARCH", "STATUS", "NAMESPACE", "ID", "ENABLED", "VANISHED", "SORT", "THREAD", "ACL",
        "LISTRIGHTS", "MYRIGHTS", "QUOTA", "QUOTAROOT", "METADATA",
    ];

    int position;

    /// <summary>Reads all of it.</summary>
    /// <exception cref="FormatException">Something is no response.</exception>
    public void Check()
    {
        while (position < octets.Length && !IsOverlaid())
            ReadResponse();
    }

    // What comes behind these is no text any more.
    bool IsOverlaid() =>
        octets.AsSpan(0, position).EndsWith("OK DEFLATE active\r\n"u8) || octets.AsSpan(0, position).EndsWith("OK Begin TLS negotiation now\r\n"u8);

    void ReadResponse()
    {
        if (TryTake("+ "))
        {
            ReadText();
            return;
        }

        var tag = ReadWord();
        if (tag != "*" && (tag.Length == 0 || tag.AsSpan().ContainsAny(NotInTags)))
            throw Fault("neither a tag nor *");
        Take(" ");
        var word = ReadWord();
        if (word is "OK" or "NO" or "BAD" || (tag == "*" && word is "BYE" or "PREAUTH"))
        {
            Take(" ");
            if (TryTake("["))
            {
                ReadCode();
                Take("]");
                if (!TryTake(" "))
                    throw Fault("no space behind a response code");
            }

            ReadText();
            return;
        }

        if (tag != "*")
            throw Fault($"a tagged {word}");
        if (NumberPattern().IsMatch(word))
        {
            Take(" ");
            var what = ReadWord();
            if (!Numbered.Contains(what) || (word == "0" && what is "EXPUNGE" or "FETCH"))
                throw Fault($"{word} {what}");
        }
        else if (!Named.Contains(word))
        {
            throw Fault($"an untagged {word}");
        }

        while (TryTake(" "))
            ReadData('\r');
        Take("\r\n");
    }

    void ReadCode()
    {
        // RFC 4469 §5 (url-resp-text): anything up to the bracket.
        if (TryTake("BADURL "))
            while (position < octets.Length && octets[position] is >= (byte)' ' and < 127 and not (byte)']')
                position++;
        else
            ReadData(']');
    }

    void ReadText()
    {
        var start = position;
        while (position < octets.Length && octets[position] is not ((byte)'\r' or (byte)'\n' or 0))
            if (octets[position++] > 126 && !utf8)
                throw Fault("an octet above 126 in a text");
        if (position == start && octets[start - 1] != ' ')
            throw Fault("a response without a text");
        Take("\r\n");
    }

    // One piece of data, or several with single spaces between them, up to an octet that closes them.
    void ReadData(char closing)
    {
        var open = new Stack<char>();
        var mayEnd = false;
        while (position < octets.Length)
        {
            var octet = (char)octets[position];
            if (open.Count == 0 && (octet == closing || octet == '\r'))
            {
                if (!mayEnd)
                    throw Fault("a space with nothing behind it");
                return;
            }

            mayEnd = ReadOne(octet, open, mayEnd, closing);
        }

        throw Fault("the end within data");
    }

    bool ReadOne(char octet, Stack<char> open, bool mayEnd, char closing)
    {
        switch (octet)
        {
            case '"':
                ReadQuoted();
                return true;
            case '{':
                ReadLiteral();
                return true;
            case '~' when Follows('{'):
                ReadLiteral();
                return true;
            case '(':
                position++;
                open.Push(')');
                // A list may be empty.
                return octets[position] == ')';
            case ')' or ']' when octet == ')' || open.Contains(']'):
                if (!mayEnd || !open.TryPop(out var expected) || expected != octet)
                    throw Fault($"a {octet} that closes nothing, or behind a space");
                position++;
                return true;
            case ' ':
                if (!mayEnd)
                    throw Fault("two spaces, or one behind a parenthesis");
                position++;
                return false;
            default:
                return ReadAtom(open, closing);
        }
    }

    // An atom; a bracket is a part of it, unless it begins the section of a data item.
    bool ReadAtom(Stack<char> open, char closing)
    {
        var start = position;
        while (position < octets.Length && octets[position] is not ((byte)' ' or (byte)'(' or (byte)')' or (byte)'"' or (byte)'{' or (byte)'\r') && !(octets[position] == ']' && (closing == ']' || open.Contains(']'))))
        {
            if (octets[position] is < (byte)' ' or 0x7f || (octets[position] > 126 && !utf8))
                throw Fault($"the octet {octets[position]:X2} outside of a string");
            if (octets[position++] == '[' && Encoding.ASCII.GetString(octets, start, position - start) is "BODY[" or "BINARY[" or "BINARY.SIZE[")
            {
                open.Push(']');
                return octets[position] == ']';
            }
        }

        return position > start ? true : throw Fault($"a {(char)octets[position]} where data is expected".Replace("\r", "CR", StringComparison.Ordinal));
    }

    bool Follows(char octet) => position + 1 < octets.Length && octets[position + 1] == octet;

    void ReadQuoted()
    {
        for (position++; position < octets.Length; position++)
        {
            if (octets[position] == '"')
            {
                position++;
                return;
            }

            if (octets[position] == '\\' && octets[++position] is not ((byte)'"' or (byte)'\\'))
                throw Fault("a backslash before something else");
            if (octets[position] is 0 or (byte)'\r' or (byte)'\n' || (octets[position] > 126 && !utf8))
                throw Fault("an octet that no quoted string has");
        }

        throw Fault("the end within a quoted string");
    }

    void ReadLiteral()
    {
        var match = LiteralPattern().Match(Encoding.Latin1.GetString(octets, position, Math.Min(30, octets.Length - position)));
        if (!match.Success)
            throw Fault("a brace that begins no literal");
        var length = int.Parse(match.Groups["length"].Value, System.Globalization.CultureInfo.InvariantCulture);
        position += match.Length + length;
        if (position > octets.Length)
            throw Fault("a literal longer than what was said");
    }

    string ReadWord()
    {
        var start = position;
        while (position < octets.Length && octets[position] is > (byte)' ' and < 127)
            position++;
        return Encoding.ASCII.GetString(octets, start, position - start);
    }

    bool TryTake(string text)
    {
        if (octets.Length - position < text.Length || Encoding.Latin1.GetString(octets, position, text.Length) != text)
            return false;
        position += text.Length;
        return true;
    }

    void Take(string text)
    {
        if (!TryTake(text))
            throw Fault($"not {text.Replace("\r\n", "CRLF", StringComparison.Ordinal)}");
    }

    FormatException Fault(string what)
    {
        var from = Math.Max(0, position - 200);
        return new FormatException($"At octet {position} of what the server said is {what}: {Printable.Of(octets.AsSpan(from, Math.Min(300, octets.Length - from)))}");
    }

    [GeneratedRegex("^[0-9]+$")]
    private static partial Regex NumberPattern();

    [GeneratedRegex("^~?\\{(?<length>[0-9]{1,9})\\}\r\n")]
    private static partial Regex LiteralPattern();
}
