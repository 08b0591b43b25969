using System.Text.RegularExpressions;
using Backend.Mime.Structure;

namespace Backend.Mime.Tests;

/// <summary>What must hold of any message.</summary>
static partial class Assertions
{
    /// <summary>The parsed message agrees with itself and with the octets.</summary>
    public static void IsSound(byte[] message, ParsedMessage parsed)
    {
        Assert.Equal(message.Length, parsed.Size);
        Assert.Equal(message, Read(message, parsed, Section.Whole));
        byte[] header = Read(message, parsed, new Section { Text = SectionText.Header });
        byte[] text = Read(message, parsed, new Section { Text = SectionText.Text });
        Assert.True(message.AsSpan().SequenceEqual([.. header, .. text]), "header and text are not the message");

        IsOfTheGrammar(parsed.Envelope.Encoded.Span);
        IsOfTheGrammar(parsed.BodyStructure.Encoded.Span);
        Assert.NotNull(parsed.Envelope.Fields);
        AgreesWithOctets(message, parsed.Layout.Root, parsed.BodyStructure.Root);
        AgreesWithNumbers(parsed.Layout, parsed.Layout.Root, []);
        CommonFieldsAreThoseOfTheHeader(header, parsed);
        TextsAreSound(parsed.Text);

        var encoded = parsed.Layout.Encode();
        Assert.Equal(encoded, MessageLayout.Decode(encoded).Encode());
        Assert.InRange(parsed.Preview.Length, 0, 200);
    }

    // The tokens of RFC 9051 §9: quoted strings without controls and 8-bit octets, literals without NUL, numbers and NIL.
    static void IsOfTheGrammar(ReadOnlySpan<byte> structure)
    {
        var text = Mail.Text(structure);
        for (var position = 0; position < text.Length;)
        {
            var token = Token().Match(text, position);
            Assert.True(token.Success, $"no token of the grammar at {position}: {text.AsSpan(position, Math.Min(40, text.Length - position))}");
            position += token.Length;
            if (!token.Groups["literal"].Success)
                continue;
            var length = int.Parse(token.Groups["literal"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
            Assert.DoesNotContain('\0', text.Substring(position, length));
            position += length;
        }
    }

    [GeneratedRegex("""\G(?:[()]|\x20(?=[("{N0-9])|NIL|[0-9]+|"(?:[\x20\x21\x23-\x5B\x5D-\x7E\t]|\\["\\])*"|\{(?<literal>[0-9]+)\}\r\n)""")]
    private static partial Regex Token();

    static byte[] Read(byte[] message, ParsedMessage parsed, Section section)
    {
        var octets = SectionReader.Read(message, parsed.Layout, new SectionItem(section));
        Assert.NotNull(octets);
        Assert.True(octets.TryGetMemory(out var memory));
        return memory.ToArray();
    }

    static void AgreesWithOctets(byte[] message, LayoutPart layout, BodyPart structure)
    {
        Assert.Equal(layout.Header.End, layout.Body.Offset);
        Assert.InRange(layout.Header.Offset, 0, message.Length);
        Assert.InRange(layout.Body.End, layout.Body.Offset, message.Length);
        foreach (var part in layout.Parts)
        {
            Assert.InRange(part.Header.Offset, layout.Body.Offset, layout.Body.End);
            Assert.InRange(part.Body.End, layout.Body.Offset, layout.Body.End);
        }

        var body = message.AsSpan((int)layout.Body.Offset, (int)layout.Body.Length);
        var lines = body.Count((byte)'\n');
        if (structure is BodyPart.Single single)
            Assert.Equal(layout.Body.Length, single.Size);
        switch (structure)
        {
            case BodyPart.Multipart multipart:
                Assert.Equal(PartKind.Multipart, layout.Kind);
                Assert.NotEmpty(multipart.Parts);
                Assert.Equal(multipart.Parts.Length, layout.Parts.Length);
                for (var i = 0; i < layout.Parts.Length; i++)
                    AgreesWithOctets(message, layout.Parts[i], multipart.Parts[i]);
                break;
            case BodyPart.Message inner:
                Assert.Equal(PartKind.Message, layout.Kind);
                Assert.Equal(lines, inner.Lines);
                Assert.Equal(layout.Body, new OctetRange(layout.Message!.Header.Offset, layout.Message.Header.Length + layout.Message.Body.Length));
                AgreesWithOctets(message, layout.Message, inner.Body);
                break;
            case BodyPart.Text text:
                Assert.Equal(PartKind.Leaf, layout.Kind);
                Assert.Equal(lines, text.Lines);
                break;
            default:
                Assert.Equal(PartKind.Leaf, layout.Kind);
                break;
        }
    }

    // Each part is found by its number, and nothing by a number beside. RFC 9051 §6.4.5.1.
    static void AgreesWithNumbers(MessageLayout layout, LayoutPart root, int[] message)
    {
        if (root.Kind == PartKind.Multipart)
            AgreesWithChildren(layout, root, message);
        else
            AgreesWithPart(layout, root, [.. message, 1]);
    }

    static void AgreesWithChildren(MessageLayout layout, LayoutPart multipart, int[] number)
    {
        for (var i = 0; i < multipart.Parts.Length; i++)
            AgreesWithPart(layout, multipart.Parts[i], [.. number, i + 1]);
        Assert.Null(layout.Find(new Section { Part = [.. number, multipart.Parts.Length + 1] }));
    }

    static void AgreesWithPart(MessageLayout layout, LayoutPart part, int[] number)
    {
        Assert.Equal(part.Body, layout.Find(new Section { Part = [.. number] }));
        Assert.Equal(part.Header, layout.Find(new Section { Part = [.. number], Text = SectionText.Mime }));
        Assert.Equal(part.Message?.Header, layout.Find(new Section { Part = [.. number], Text = SectionText.Header }));
        Assert.Equal(part.Message?.Body, layout.Find(new Section { Part = [.. number], Text = SectionText.Text }));
        if (part.Message is { } message)
            AgreesWithNumbers(layout, message, number);
        else if (part.Kind == PartKind.Multipart)
            AgreesWithChildren(layout, part, number);
        else
            Assert.Null(layout.Find(new Section { Part = [.. number, 1] }));
    }

    static void CommonFieldsAreThoseOfTheHeader(byte[] header, ParsedMessage parsed)
    {
        if (parsed.CommonHeaderFields.IsEmpty)
            return;
        foreach (string[] names in (string[][])[["Date", "FROM", "subject"], ["References"], ["List-Id", "To", "Content-Type"]])
        {
            Assert.True(HeaderFields.CoveredByCommon([.. names]));
            Assert.Equal(HeaderFields.Select(header, [.. names], not: false), HeaderFields.Select(parsed.CommonHeaderFields.Span, [.. names], not: false));
        }
    }

    static void TextsAreSound(FoldedText text)
    {
        foreach (var piece in (string[])[text.Subject, text.From, text.To, text.Cc, text.Header, text.PartHeader, text.Body])
        {
            Assert.DoesNotContain('\0', piece);
            for (var i = 0; i < piece.Length; i += char.IsSurrogatePair(piece, i) ? 2 : 1)
                Assert.False(char.IsSurrogate(piece[i]) && !char.IsSurrogatePair(piece, i), "half a surrogate pair");
        }

        Assert.StartsWith("\n", text.Header, StringComparison.Ordinal);
        Assert.EndsWith("\n", text.Header, StringComparison.Ordinal);
    }
}
