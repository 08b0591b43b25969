using Backend.Mime.Grammar;
using Backend.Mime.Structure;
using Backend.Mime.Text;
using MimeKit.Utils;

namespace Backend.Mime;

/// <summary>Reads a message once and learns all that a store keeps of it. Thread-safe.</summary>
public static class MessageParser
{
    /// <summary>
    /// Reads the stream from position 0 to its end, in one pass and with bounded memory, and leaves it there. There is no mail that it
    /// refuses: what is malformed has a structure all the same, valid by the grammar of RFC 9051 §9.
    /// </summary>
    /// <param name="seekable">The message's octets.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ParsedMessage> ParseAsync(Stream seekable, CancellationToken cancellationToken)
    {
        seekable.Position = 0;
        var header = new FoldedWriter(FoldedText.MaxHeaderLength, isLines: true);
        var partHeader = new FoldedWriter(FoldedText.MaxHeaderLength, isLines: true);
        var body = new FoldedWriter(FoldedText.MaxBodyLength, isLines: false);
        var summary = new MessageSummary();
        using var texts = new MessageTexts(header, partHeader, body, summary);
        var root = await MessageScan.ReadAsync(seekable, texts, cancellationToken);

        return new ParsedMessage
        {
            Size = root.BodyEnd,
            Envelope = new Envelope(Written(root, static (writer, part) => EnvelopeWriter.Write(writer, part.Envelope!))),
            BodyStructure = new BodyStructure(Written(root, BodyStructureWriter.Write)),
            Layout = new MessageLayout(root.ToLayout()),
            SentDate = ReadDate(root.Envelope!.Date),
            MessageId = root.Envelope.MessageId is { } id ? Charsets.Find(null).GetString(id) : null,
            CommonHeaderFields = summary.CommonHeaderFields,
            Preview = summary.Preview.ToString(),
            Text = new FoldedText
            {
                Subject = summary.Subject,
                From = summary.From,
                To = summary.To,
                Cc = summary.Cc,
                Header = header.ToString(),
                PartHeader = partHeader.ToString(),
                Body = body.ToString(),
                IsComplete = !texts.IsCut && !header.IsCut && !partHeader.IsCut && !body.IsCut && !summary.IsCut,
            },
        };
    }

    static ReadOnlyMemory<byte> Written(PartNode root, Action<StructureWriter, PartNode> write)
    {
        var writer = new StructureWriter();
        write(writer, root);
        return writer.Written;
    }

    static DateTimeOffset? ReadDate(byte[]? field) => field is not null && DateUtils.TryParse(field, out var date) ? date : null;
}
