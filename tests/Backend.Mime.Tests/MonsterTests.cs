using System.Text;

namespace Backend.Mime.Tests;

/// <summary>Mail made to hurt: it has a valid structure, and costs little.</summary>
public sealed class MonsterTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(20_000)]
    public async Task Multiparts_in_multiparts_end_at_a_depth(int levels)
    {
        var message = new StringBuilder();
        for (var level = 0; level < levels; level++)
            message.Append(System.Globalization.CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n");
        message.Append("\ninnermost\n");

        var parsed = await SoundAsync(message.ToString());

        Assert.Equal(100, Depth(parsed.BodyStructure.Root));
        Assert.Equal("OCTET-STREAM", Innermost(parsed.BodyStructure.Root).Subtype);
    }

    [Fact]
    public async Task Messages_in_messages_end_at_a_depth()
    {
        var message = string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\n\n", 500));

        var parsed = await SoundAsync(message);

        Assert.Equal(100, Depth(parsed.BodyStructure.Root));
    }

    [Fact]
    public async Task Multiparts_whose_end_comes_are_found_up_to_the_depth()
    {
        var message = new StringBuilder();
        for (var level = 0; level < 99; level++)
            message.Append(System.Globalization.CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n");
        message.Append("\ninnermost\n");
        for (var level = 98; level >= 0; level--)
            message.Append(System.Globalization.CultureInfo.InvariantCulture, $"--b{level}--\n");

        var parsed = await SoundAsync(message.ToString());

        Assert.Equal(9, Innermost(parsed.BodyStructure.Root).Size);
        Assert.Equal("INNERMOST\r\n", parsed.Text.Body);
    }

    [Fact]
    public async Task A_hundred_thousand_header_lines_are_a_header()
    {
        var message = string.Concat(Enumerable.Range(0, 100_000).Select(static i => $"X-{i}: {i}\n")) + "Subject: last\n\nbody\n";

        var parsed = await SoundAsync(message);

        Assert.Equal("last", parsed.Envelope.Fields.Subject);
        Assert.Equal("\r\nSubject: last\r\n\r\n"[2..], Mail.Text(HeaderFields.Select(parsed.CommonHeaderFields.Span, ["subject"], not: false)));
    }

    [Fact]
    public async Task Ten_thousand_parts_are_parts()
    {
        var message = "Content-Type: multipart/mixed; boundary=b\n\n" + string.Concat(Enumerable.Range(0, 9_999).Select(static i => $"--b\nContent-ID: <{i}>\n\nx\n")) + "--b--\n";

        var parsed = await SoundAsync(message);

        Assert.Equal(9_999, Assert.IsType<BodyPart.Multipart>(parsed.BodyStructure.Root).Parts.Length);
    }

    [Fact]
    public async Task Of_a_million_parts_the_last_one_that_is_taken_has_the_rest()
    {
        var message = "Content-Type: multipart/mixed; boundary=b\n\n" + string.Concat(Enumerable.Repeat("--b\n", 1_000_000)) + "--b--\n";

        var parsed = await SoundAsync(message);

        Assert.Equal(9_999, Assert.IsType<BodyPart.Multipart>(parsed.BodyStructure.Root).Parts.Length);
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("\0\0\0\n\0\n\n\0")]
    [InlineData("Subject: \0\n\n\0")]
    [InlineData("Sub\0ject: x\nContent-Type: text/plain; charset=\0\nContent-Type\0: x\n\n\0")]
    [InlineData("Content-Type: multipart/mixed; boundary=\"\0\"\n\n--\0\n\nx\n--\0--\n")]
    [InlineData("\n")]
    [InlineData("\n\n\n")]
    [InlineData(":")]
    [InlineData(":\n:\n\n")]
    [InlineData(" \n\t\n \n")]
    [InlineData("A:")]
    [InlineData("--\n--\n----\n")]
    public async Task Next_to_nothing_is_a_message(string message) => await SoundAsync(message);

    [Fact]
    public async Task A_line_of_a_megabyte_is_a_line()
    {
        var parsed = await SoundAsync($"Subject: x\n\n{new string('y', 1024 * 1024)}\nz\n");

        Assert.Equal(2, Assert.IsType<BodyPart.Text>(parsed.BodyStructure.Root).Lines);
    }

    [Fact]
    public async Task A_header_line_of_five_megabytes_is_only_octets()
    {
        var parsed = await SoundAsync($"Subject: x\nX-Long: {new string('y', 5_000_000)}\nTo: a@b\n\nz\n");

        Assert.Equal("a", Assert.Single(parsed.Envelope.Fields.To).Mailbox);
        Assert.False(parsed.Text.IsComplete);
    }

    [Theory]
    [InlineData("To: ", "(", "")]
    [InlineData("To: ", "a:", ";")]
    [InlineData("To: ", "<", "a@b")]
    [InlineData("To: ", "\"\\", "")]
    [InlineData("To: ", "a@b,\n ", "c@d")]
    [InlineData("To: a@b\n", "To: c@d\n", "")]
    [InlineData("Content-Type: text/plain; ", "a b ", "")]
    [InlineData("Content-Type: text/plain; ", "a*0=b;", "")]
    [InlineData("Content-Type: text/plain; x=", "a ", "")]
    [InlineData("Content-Type: text/plain; x=", "(", "")]
    [InlineData("Content-Language: ", "(a)", "")]
    [InlineData("Subject: ", "=?utf-8?q?", "")]
    [InlineData("Subject: ", "=?utf-8?q?a?= ", "")]
    [InlineData("Date: ", "1 Jan ", "")]
    public async Task A_field_that_repeats_itself_takes_no_time(string start, string middle, string end)
        => await SoundAsync($"{start}{string.Concat(Enumerable.Repeat(middle, 900_000 / middle.Length))}{end}\n\n");

    static async Task<ParsedMessage> SoundAsync(string message)
    {
        var octets = Mail.Octets(message);
        var parsed = await Mail.ParseAsync(octets).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assertions.IsSound(octets, parsed);
        return parsed;
    }

    static int Depth(BodyPart part) => part switch
    {
        BodyPart.Multipart multipart => 1 + multipart.Parts.Max(Depth),
        BodyPart.Message message => 1 + Depth(message.Body),
        _ => 1,
    };

    static BodyPart.Single Innermost(BodyPart part) => part switch
    {
        BodyPart.Multipart multipart => Innermost(multipart.Parts[0]),
        BodyPart.Message message => Innermost(message.Body),
        _ => (BodyPart.Single)part,
    };
}
