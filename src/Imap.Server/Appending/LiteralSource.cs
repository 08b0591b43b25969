using System.Runtime.CompilerServices;
using Imap.Server.Wire;

namespace Imap.Server.Appending;

/// <summary>A literal, or one in the parentheses of UTF8. RFC 9051 §6.3.12; RFC 6855 §4.</summary>
sealed class LiteralSource(LiteralHeader literal, bool isInParentheses) : AppendSource
{
    /// <summary>Reads <c>literal / literal8</c>. What is in either is taken as it is.</summary>
    public static LiteralSource Read(ref ImapReader reader) => new(ReadHeader(ref reader), isInParentheses: false);

    /// <summary>Reads what follows UTF8.</summary>
    public static LiteralSource ReadUtf8(ref ImapReader reader)
    {
        reader.Space();
        reader.Take('(');
        if (!reader.NextIs('~'))
            throw reader.Expected("a literal8");
        return new LiteralSource(ReadHeader(ref reader), isInParentheses: true);
    }

    /// <summary>Reads the announcement of the literal, which is the last thing that has come.</summary>
    public static LiteralHeader ReadHeader(ref ImapReader reader)
    {
        reader.TryTake('~');
        var header = reader.StreamedLiteral();
        // RFC 7888 §5: the tagged BAD has TOOBIG. What comes is read and thrown away (§4).
        return header.IsTooLargeUnasked(reader.Context.Options.MaxLengthUnasked)
            ? throw new ImapSyntaxException(LiteralHeader.TooLargeUnasked, ResponseCode.TooBig)
            : header;
    }

    public override async IAsyncEnumerable<Stream> OpenAsync(ArrivingMessages messages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // RFC 3502 §6.3.11: so a client takes back what it has begun.
        if (literal.Length == 0)
            throw ArrivingMessages.EmptyMessage();
        await using (var octets = messages.OpenLiteral(literal))
            yield return octets;
        await messages.Text.ReadOnAsync();
        if (isInParentheses)
            messages.Text.Take(')');
    }
}
