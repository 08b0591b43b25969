using Imap.Server.Registry;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>A data item whose value is octets of the message: BODY[...], RFC822... RFC 9051 §6.4.5; RFC 3501 §6.4.5.</summary>
/// <param name="name">What the answer calls it.</param>
/// <param name="section">Which octets.</param>
/// <param name="setsSeen">Whether asking for it marks the message as read.</param>
sealed class SectionFetchItem(byte[] name, SectionItem section, bool setsSeen) : FetchItem
{
    public override object Identity => (Encoding.Latin1.GetString(name), section.Partial, setsSeen);

    public override SectionItem Section => section;

    public override bool SetsSeen => setsSeen;

    public override async ValueTask WriteAsync(ImapWriter writer, Message message, Octets? content, CancellationToken cancellationToken)
    {
        writer.Octets(name);
        if (section.Partial is { } partial)
            writer.Octet('<').Number(partial.Offset).Octet('>');
        writer.Space();
        if (content is null)
        {
            writer.Nil();
            return;
        }

        // RFC 9051 §7.5.2 (BINARY): literal8 where a NUL is sent, and only there.
        if (section.IsDecoded && content.HasNul == true)
            writer.Octet('~');
        writer.LiteralHeader(content.Length);
        if (content.Length <= ImapWriter.FlushThreshold && content.TryGetMemory(out var octets))
        {
            writer.Octets(octets.Span);
            return;
        }

        await using var sink = new LiteralSink(writer, content.Length);
        await content.CopyToAsync(sink, cancellationToken);
        sink.ThrowIfIncomplete();
    }
}
