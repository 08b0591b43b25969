using System.Buffers;

namespace Backend.Mime.Grammar;

/// <summary>Reads the tokens of a structured header field on one line, tolerantly. RFC 5322 §3.2; RFC 2045 §5.1.</summary>
ref struct FieldReader(ReadOnlySpan<byte> text)
{
    readonly ReadOnlySpan<byte> text = text;

    public int Position { get; set; }

    public readonly bool AtEnd => Position >= text.Length;

    public readonly ReadOnlySpan<byte> Rest => text[Position..];

    public readonly byte Next => text[Position];

    public bool TryTake(byte octet)
    {
        if (AtEnd || text[Position] != octet)
            return false;
        Position++;
        return true;
    }

    /// <summary>Skips white space.</summary>
    public void SkipSpace()
    {
        while (!AtEnd && IsSpace(text[Position]))
            Position++;
    }

    /// <summary>Skips white space and comments.</summary>
    public void SkipComments()
    {
        SkipSpace();
        while (!AtEnd && text[Position] == (byte)'(')
        {
            TakeComment();
            SkipSpace();
        }
    }

    /// <summary>Takes a comment and gives back what is within its parentheses.</summary>
    public ReadOnlySpan<byte> TakeComment()
    {
        var start = ++Position;
        for (var depth = 1; !AtEnd; Position++)
        {
            if (text[Position] == (byte)'\\')
                Position++;
            else if (text[Position] == (byte)'(')
                depth++;
            else if (text[Position] == (byte)')' && --depth == 0)
                return text[start..Position++];
        }

        Position = text.Length;
        return text[start..];
    }

    /// <summary>Takes what stands before any of these octets or the end.</summary>
    public ReadOnlySpan<byte> TakeUntil(ReadOnlySpan<byte> ends)
    {
        var rest = text[Position..];
        var length = rest.IndexOfAny(ends);
        var taken = length < 0 ? rest : rest[..length];
        Position += taken.Length;
        return taken;
    }

    /// <summary>Takes a quoted string and appends its content; one that is not ended ends with the field.</summary>
    public void TakeQuoted(IBufferWriter<byte> content)
    {
        Position++;
        while (!AtEnd && text[Position] != (byte)'"')
        {
            if (text[Position] == (byte)'\\' && Position + 1 < text.Length)
                Position++;
            content.Write(text.Slice(Position++, 1));
        }

        Position = Math.Min(Position + 1, text.Length);
    }

    static bool IsSpace(byte octet) => octet is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
