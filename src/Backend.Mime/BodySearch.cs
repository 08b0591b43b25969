using Backend.Mime.Structure;
using Backend.Mime.Text;

namespace Backend.Mime;

/// <summary>
/// Looks into a message itself, whatever its size, with bounded memory: for messages whose <see cref="FoldedText"/> is not complete.
/// Of a single header field the first 1,048,576 octets are looked into. Thread-safe. RFC 9051 §6.4.4.
/// </summary>
public static class BodySearch
{
    /// <summary>Whether the text stands in the message's body (BODY), or in its header, its parts' headers or its body (TEXT).</summary>
    /// <param name="message">The message; read from position 0 until the text is found.</param>
    /// <param name="withHeader">Whether header fields count too: TEXT.</param>
    /// <param name="foldedNeedle">The text, folded by <see cref="CaseMap.Fold"/>. Every message has the empty one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<bool> ContainsAsync(Stream message, bool withHeader, string foldedNeedle, CancellationToken cancellationToken)
    {
        message.Position = 0;
        var body = new SearchWindow(foldedNeedle);
        var header = withHeader ? new SearchWindow(foldedNeedle) : null;
        var partHeader = withHeader ? new SearchWindow(foldedNeedle) : null;
        header?.Append("\n");
        partHeader?.Append("\n");
        using var texts = new MessageTexts(header, partHeader, body, summary: null);
        await MessageScan.ReadAsync(message, texts, cancellationToken);
        return body.IsFound || header is { IsFound: true } || partHeader is { IsFound: true };
    }

    /// <summary>Whether the message's header has a field of this name with the text in it (HEADER).</summary>
    /// <param name="message">The message; read from position 0 to the end of its header at most.</param>
    /// <param name="name">The field's name, in any case.</param>
    /// <param name="foldedNeedle">The text, folded by <see cref="CaseMap.Fold"/>. Every field of the name has the empty one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<bool> HeaderContainsAsync(Stream message, string name, string foldedNeedle, CancellationToken cancellationToken)
    {
        message.Position = 0;
        var search = new FieldSearch(name, foldedNeedle);
        await MessageScan.ReadAsync(message, search, cancellationToken);
        return search.IsFound;
    }
}
