using Imap.Server.Registry;
using Imap.Server.Wire;

namespace Imap.Server.Appending;

/// <summary>
/// The text of a command that has streamed literals in it, as it comes: each piece goes up to the next such literal, or to the end of the
/// command.
/// </summary>
/// <param name="framer">From the client.</param>
/// <param name="context">What the words can be.</param>
/// <param name="position">How far the first piece has been read.</param>
sealed class CommandText(CommandFramer framer, ParseContext context, int position)
{
    ReadOnlyMemory<byte> text = framer.Text;
    int position = position;

    /// <summary>Reads a word, or several.</summary>
    public delegate TWords Parser<TWords>(ref ImapReader reader);

    /// <summary>Whether nothing is left, of the piece and so of the command once the literals have been read.</summary>
    public bool IsAtEnd => position == text.Length;

    /// <summary>Reads on in the piece.</summary>
    public TWords Read<TWords>(Parser<TWords> parser)
    {
        var reader = new ImapReader(text.Span, context, position);
        var words = parser(ref reader);
        position = reader.Position;
        return words;
    }

    /// <summary>Takes an octet that has to be there.</summary>
    public void Take(char octet) => Read((ref reader) =>
    {
        reader.Take(octet);
        return true;
    });

    /// <summary>Takes an octet if it is the next.</summary>
    public bool TryTake(char octet) => Read((ref reader) => reader.TryTake(octet));

    /// <summary>The end of the command.</summary>
    public void End() => Read(static (ref reader) =>
    {
        reader.End();
        return true;
    });

    /// <summary>Gives the literal whose announcement was the last thing that was read, asking for it where the client waits.</summary>
    public Stream OpenLiteral() => framer.OpenBody();

    /// <summary>Behind a literal: goes on to the next piece.</summary>
    public async ValueTask ReadOnAsync()
    {
        text = await framer.ReadOnAsync(static piece => !IsUrl(piece));
        position = 0;
    }

    /// <summary>
    /// Whether the literal that is announced behind this is a URL of CATENATE, and so a string like others: all other literals behind the
    /// mailbox are messages or parts of such. RFC 4469 §5.
    /// </summary>
    public static bool IsUrl(ReadOnlySpan<byte> piece) =>
        piece.Length > 4 && Ascii.EqualsIgnoreCase(piece[^4..], "URL "u8) && piece[^5] is (byte)' ' or (byte)'(';
}
