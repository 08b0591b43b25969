using Imap.Specification.Tests;

namespace Imap.Server.Tests.Commands;

/// <summary>What an operator can set about APPEND. RFC 7888 §5; RFC 3502; RFC 7889 §4.</summary>
public sealed class AppendLimitTests
{
    [Fact]
    public async Task Of_the_two_forms_of_literals_that_come_unasked_one_is_told()
    {
        await using var plus = await ImapTestServer.StartAsync();
        await using var minus = await ImapTestServer.StartAsync(static options => options.LiteralMinus = true);

        Assert.Contains(" LITERAL+ ", await CapabilitiesAsync(plus), StringComparison.Ordinal);
        Assert.DoesNotContain("LITERAL-", await CapabilitiesAsync(plus), StringComparison.Ordinal);
        Assert.Contains(" LITERAL- ", await CapabilitiesAsync(minus), StringComparison.Ordinal);
        Assert.DoesNotContain("LITERAL+", await CapabilitiesAsync(minus), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a APPEND INBOX {4097+}\r\n", "\r\n")]
    [InlineData("a APPEND INBOX ~{4097+}\r\n", "\r\n")]
    [InlineData("a APPEND missing (\\Seen) {4097+}\r\n", "\r\n")]
    [InlineData("a APPEND INBOX {1+}\r\nx {4097+}\r\n", " {2+}\r\nyz\r\n")]
    [InlineData("a APPEND INBOX CATENATE (TEXT {4097+}\r\n", ")\r\n")]
    [InlineData("a APPEND {4097+}\r\n", " {1+}\r\nx\r\n")]
    [InlineData("a APPEND INBOX CATENATE (URL {4097+}\r\n", ")\r\n")]
    [InlineData("a LOGIN {4097+}\r\n", " x\r\n")]
    public async Task A_larger_one_is_BAD_with_TOOBIG_and_read_and_thrown_away(string before, string behind)
    {
        await using var server = await ImapTestServer.StartAsync(static options => (options.LiteralMinus, options.MaxLiteralLength) = (true, 64 * 1024));
        using var client = await server.LogInAsync();

        await client.SendAsync(before + new string('x', 4_097) + behind);

        Assert.StartsWith("a BAD [TOOBIG] ", (await client.ReadUntilTaggedAsync("a"))[^1], StringComparison.Ordinal);
        Assert.Equal(["* STATUS INBOX (MESSAGES 0)", "b OK STATUS completed"], await client.CommandAsync("b", "STATUS INBOX (MESSAGES)"));
    }

    [Theory]
    [InlineData("{4096+}")]
    [InlineData("~{4096+}")]
    [InlineData("{4097}")]
    public async Task One_that_may_be_is_taken(string literal)
    {
        await using var server = await ImapTestServer.StartAsync(static options => options.LiteralMinus = true);
        using var client = await server.LogInAsync();
        var size = int.Parse(literal.Trim('~', '{', '}', '+'), System.Globalization.CultureInfo.InvariantCulture);

        await client.SendAsync($"a APPEND INBOX {literal}\r\n{new string('x', size)}\r\n");

        Assert.StartsWith("a OK ", (await client.ReadUntilTaggedAsync("a"))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_messages_than_may_be_are_refused_and_none_is_stored()
    {
        await using var server = await ImapTestServer.StartAsync(static options => options.MaxAppendMessages = 3);
        using var client = await server.LogInAsync();

        Assert.StartsWith("a OK [APPENDUID", await AppendAsync(client, 3, 10), StringComparison.Ordinal);
        Assert.StartsWith("a NO [LIMIT] ", await AppendAsync(client, 5, 10), StringComparison.Ordinal);
        Assert.Equal(["* STATUS INBOX (MESSAGES 3)", "b OK STATUS completed"], await client.CommandAsync("b", "STATUS INBOX (MESSAGES)"));
    }

    [Fact]
    public async Task More_octets_than_may_be_together_are_refused_and_none_is_stored()
    {
        await using var server = await ImapTestServer.StartAsync(static options => (options.MaxAppendSize, options.MaxAppendTotalSize) = (2_000, 5_000));
        using var client = await server.LogInAsync();

        Assert.StartsWith("a OK [APPENDUID", await AppendAsync(client, 5, 1_000), StringComparison.Ordinal);
        Assert.StartsWith("a NO [TOOBIG] The messages have more than 5000 octets together", await AppendAsync(client, 6, 1_000), StringComparison.Ordinal);
        Assert.StartsWith("a NO [TOOBIG] The message has more than 2000 octets", await AppendAsync(client, 1, 2_001), StringComparison.Ordinal);
        // RFC 4469 §4.2: also where it shows only when the parts are there.
        await client.SendAsync("a APPEND INBOX CATENATE (URL /INBOX/;UID=1 URL /INBOX/;UID=2 TEXT {1+}\r\nx)\r\n");
        Assert.StartsWith("a NO [TOOBIG] ", (await client.ReadUntilTaggedAsync("a"))[^1], StringComparison.Ordinal);
        Assert.Equal(["* STATUS INBOX (MESSAGES 5)", "b OK STATUS completed"], await client.CommandAsync("b", "STATUS INBOX (MESSAGES)"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task However_the_octets_come_the_messages_are_the_same(int size)
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await server.SelectAsync();
        var octets = System.Text.Encoding.ASCII.GetBytes("a APPEND {5+}\r\nINBOX (\\Seen) {3+}\r\none CATENATE (TEXT {2+}\r\nab URL {22+}\r\n/INBOX/;UID=9/;SECTION) {1+}\r\nx\r\n"
            + "b APPEND INBOX {4+}\r\nabc\n CATENATE (TEXT {1+}\r\nx TEXT {1+}\r\ny)\r\nc NOOP\r\n");

        foreach (var piece in octets.Chunk(size))
            await client.SendAsync(piece);

        Assert.StartsWith("a NO [BADURL /INBOX/;UID=9/;SECTION] ", (await client.ReadUntilTaggedAsync("a"))[^1], StringComparison.Ordinal);
        var appended = await client.ReadUntilTaggedAsync("b");
        Assert.Equal("* 2 EXISTS", appended[0]);
        Assert.StartsWith("b OK [APPENDUID ", appended[^1], StringComparison.Ordinal);
        Assert.Equal("c OK NOOP completed", (await client.ReadUntilTaggedAsync("c"))[^1]);
        Assert.Equal(["* 1 FETCH (RFC822.SIZE 4)", "* 2 FETCH (RFC822.SIZE 2)", "d OK FETCH completed"], await client.CommandAsync("d", "FETCH 1:2 RFC822.SIZE"));
    }

    [Fact]
    public async Task What_is_open_for_reading_only_is_not_replaced_in_and_may_be_appended_to()
    {
        await using var server = await ImapTestServer.StartAsync();
        await server.AppendAsync([.. "one"u8]);
        using var client = await server.LogInAsync();
        await client.CommandAsync("a", "EXAMINE INBOX");

        Assert.StartsWith("b NO [READ-ONLY] ", (await client.CommandAsync("b", "REPLACE 1 INBOX {3}"))[^1], StringComparison.Ordinal);
        Assert.StartsWith("c OK [APPENDUID ", (await client.CommandAsync("c", "APPEND INBOX {3+}\r\ntwo"))[^1], StringComparison.Ordinal);
        Assert.Equal("d OK FETCH completed", (await client.CommandAsync("d", "FETCH 2 BODY[]"))[^1]);
    }

    static async Task<string> AppendAsync(WireClient client, int count, int size)
    {
        await client.SendAsync($"a APPEND INBOX{string.Concat(Enumerable.Repeat($" {{{size}+}}\r\n{new string('x', size)}", count))}\r\n");
        return (await client.ReadUntilTaggedAsync("a"))[^1];
    }

    static async Task<string> CapabilitiesAsync(ImapTestServer server)
    {
        using var client = await server.ConnectAsync();
        return (await client.CommandAsync("a", "CAPABILITY"))[0];
    }
}
