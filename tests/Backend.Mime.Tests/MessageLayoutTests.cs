using System.Collections.Immutable;
using Backend.Mime.Structure;
using CsCheck;

namespace Backend.Mime.Tests;

/// <summary>Where sections stand. RFC 9051 §6.4.5.1.</summary>
public sealed class MessageLayoutTests
{
    // The complex message of RFC 9051 §6.4.5.1, each text named after its section.
    const string Complex = """
        Subject: HEADER
        Content-Type: multipart/mixed; boundary=a

        --a
        Subject: 1.MIME

        1
        --a
        Content-Type: application/octet-stream

        2
        --a
        Content-Type: message/rfc822

        Subject: 3.HEADER
        Content-Type: multipart/mixed; boundary=b

        --b

        3.1
        --b
        Content-Type: application/octet-stream

        3.2
        --b--
        --a
        Content-Type: multipart/mixed; boundary=c

        --c
        Content-Type: image/gif
        X: 4.1.MIME

        4.1
        --c
        Content-Type: message/rfc822

        Subject: 4.2.HEADER
        Content-Type: multipart/mixed; boundary=d

        --d

        4.2.1
        --d
        Content-Type: multipart/alternative; boundary=e

        --e

        4.2.2.1
        --e
        Content-Type: text/richtext

        4.2.2.2
        --e--
        --d--
        --c--
        --a--

        """;

    const string Plain = "Subject: x\n\ntext\n";

    const string Nested = "Content-Type: message/rfc822\n\nSubject: inner\n\ninner text\n";

    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.MIME", "Subject: 1.MIME\n\n")]
    [InlineData("1.HEADER", null)]
    [InlineData("1.TEXT", null)]
    [InlineData("1.1", null)]
    [InlineData("2", "2")]
    [InlineData("3.HEADER", "Subject: 3.HEADER\nContent-Type: multipart/mixed; boundary=b\n\n")]
    [InlineData("3.TEXT", "--b\n\n3.1\n--b\nContent-Type: application/octet-stream\n\n3.2\n--b--")]
    [InlineData("3", "Subject: 3.HEADER\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n3.1\n--b\nContent-Type: application/octet-stream\n\n3.2\n--b--")]
    [InlineData("3.MIME", "Content-Type: message/rfc822\n\n")]
    [InlineData("3.1", "3.1")]
    [InlineData("3.1.MIME", "\n")]
    [InlineData("3.2", "3.2")]
    [InlineData("3.3", null)]
    [InlineData("4.TEXT", null)]
    [InlineData("4.1", "4.1")]
    [InlineData("4.1.MIME", "Content-Type: image/gif\nX: 4.1.MIME\n\n")]
    [InlineData("4.2.HEADER", "Subject: 4.2.HEADER\nContent-Type: multipart/mixed; boundary=d\n\n")]
    [InlineData("4.2.1", "4.2.1")]
    [InlineData("4.2.2", "--e\n\n4.2.2.1\n--e\nContent-Type: text/richtext\n\n4.2.2.2\n--e--")]
    [InlineData("4.2.2.1", "4.2.2.1")]
    [InlineData("4.2.2.2", "4.2.2.2")]
    [InlineData("4.2.2.2.1", null)]
    [InlineData("4.2.2.3", null)]
    [InlineData("5", null)]
    [InlineData("0", null)]
    [InlineData("HEADER", "Subject: HEADER\nContent-Type: multipart/mixed; boundary=a\n\n")]
    public Task Each_part_of_the_example_of_the_RFC_is_found(string section, string? expected) => IsFoundAsync(Complex, section, expected);

    [Theory]
    [InlineData("1", "text\n")]
    [InlineData("1.MIME", "Subject: x\n\n")]
    [InlineData("1.HEADER", null)]
    [InlineData("1.TEXT", null)]
    [InlineData("1.1", null)]
    [InlineData("2", null)]
    [InlineData("TEXT", "text\n")]
    [InlineData("HEADER", "Subject: x\n\n")]
    [InlineData("", Plain)]
    public Task A_message_that_is_no_multipart_has_a_part_1(string section, string? expected) => IsFoundAsync(Plain, section, expected);

    [Theory]
    [InlineData("1", "Subject: inner\n\ninner text\n")]
    [InlineData("1.HEADER", "Subject: inner\n\n")]
    [InlineData("1.TEXT", "inner text\n")]
    [InlineData("1.1", "inner text\n")]
    [InlineData("1.1.MIME", "Subject: inner\n\n")]
    [InlineData("1.2", null)]
    [InlineData("1.1.1", null)]
    [InlineData("HEADER", "Content-Type: message/rfc822\n\n")]
    public Task A_message_that_is_a_message_has_that_in_part_1(string section, string? expected) => IsFoundAsync(Nested, section, expected);

    [Fact]
    public async Task The_message_itself_has_no_MIME_header()
        => Assert.Null((await Mail.ParseAsync(Plain)).Layout.Find(new Section { Text = SectionText.Mime }));

    [Theory]
    [InlineData("", "HEADER", "")]
    [InlineData("", "TEXT", "")]
    [InlineData("", "1", "")]
    [InlineData("\n", "HEADER", "\n")]
    [InlineData("\n", "TEXT", "")]
    [InlineData("A: b", "HEADER", "A: b")]
    [InlineData("A: b", "TEXT", "")]
    [InlineData("A: b\n", "HEADER", "A: b\n")]
    [InlineData("no header\nbut text\n\nmore\n", "HEADER", "no header\nbut text\n\n")]
    [InlineData("\n\n", "TEXT", "\n")]
    public Task Where_something_is_missing_its_section_is_empty(string message, string section, string expected) => IsFoundAsync(message, section, expected);

    [Fact]
    public void What_is_encoded_is_decoded_again()
        => Parts(0, 3).Sample(static root =>
        {
            var encoded = new MessageLayout(root).Encode();
            var decoded = MessageLayout.Decode(encoded);
            Assert.Equal(encoded, decoded.Encode());
            AreEqual(root, decoded.Root);
        });

    [Fact]
    public async Task It_is_small()
        => Assert.InRange((await Mail.ParseAsync(Complex)).Layout.Encode().Length, 1, 100);

    [Fact]
    public async Task Damaged_octets_are_told_from_a_layout()
    {
        var encoded = (await Mail.ParseAsync(Complex)).Layout.Encode();

        Assert.Throws<FormatException>(() => MessageLayout.Decode([]));
        Assert.Throws<FormatException>(() => MessageLayout.Decode([2, .. encoded[1..]]));
        Assert.Throws<FormatException>(() => MessageLayout.Decode([.. encoded, 0]));
        for (var length = 1; length < encoded.Length; length++)
            Assert.Throws<FormatException>(() => MessageLayout.Decode(encoded.AsSpan(0, length)));
    }

    [Fact]
    public void Any_octets_are_a_layout_or_none()
        => Gen.Byte[0, 140].Array[0, 60].Sample(static octets =>
        {
            try
            {
                var layout = MessageLayout.Decode([1, .. octets]);
                return layout.Size >= 0;
            }
            catch (FormatException)
            {
                return true;
            }
        });

    static async Task IsFoundAsync(string message, string section, string? expected)
    {
        var octets = Mail.Octets(message);
        var layout = MessageLayout.Decode((await Mail.ParseAsync(octets)).Layout.Encode());

        var range = layout.Find(Parse(section));

        Assert.Equal(expected?.ReplaceLineEndings("\r\n"), range is { } found ? Mail.Text(octets.AsSpan((int)found.Offset, (int)found.Length)) : null);
    }

    static Section Parse(string section)
    {
        var words = section.Split('.', StringSplitOptions.RemoveEmptyEntries);
        var numbers = words.TakeWhile(static word => char.IsAsciiDigit(word[0])).Select(static word => int.Parse(word, System.Globalization.CultureInfo.InvariantCulture));
        return new Section
        {
            Part = [.. numbers],
            Text = words.LastOrDefault() switch { "HEADER" => SectionText.Header, "TEXT" => SectionText.Text, "MIME" => SectionText.Mime, _ => SectionText.Whole },
        };
    }

    static void AreEqual(LayoutPart expected, LayoutPart actual)
    {
        Assert.Equal((expected.Kind, expected.Header, expected.Body, expected.Parts.Length), (actual.Kind, actual.Header, actual.Body, actual.Parts.Length));
        foreach (var (left, right) in expected.Parts.Zip(actual.Parts))
            AreEqual(left, right);
    }

    // Trees of parts that start at the offset and lie within each other.
    static Gen<LayoutPart> Parts(long start, int depth) =>
        Gen.Select(Gen.Long[0, 1000], Gen.Long[0, 1L << 40], Gen.Int[0, depth == 0 ? 0 : 2], Gen.Int[1, 3]).SelectMany((header, more, kind, count) =>
        {
            var range = new OctetRange(start, header);
            if (kind == 0)
                return Gen.Const(new LayoutPart(PartKind.Leaf, range, new OctetRange(range.End, more), []));
            var children = Children(range.End, depth - 1, kind == 1 ? count : 1);
            return children.Select(parts => new LayoutPart((PartKind)kind, range, new OctetRange(range.End, parts[^1].Body.End - range.End + more), parts));
        });

    static Gen<ImmutableArray<LayoutPart>> Children(long start, int depth, int count) =>
        count == 0
            ? Gen.Const(ImmutableArray<LayoutPart>.Empty)
            : Children(start, depth, count - 1).SelectMany(before =>
                Parts(before.IsEmpty ? start : before[^1].Body.End, depth).Select(last => before.Add(last)));
}
