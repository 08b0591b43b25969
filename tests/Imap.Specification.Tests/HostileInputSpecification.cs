using System.Text;

namespace Imap.Specification.Tests;

/// <summary>What no client sends: the server answers, or says BYE, and is there for the next one.</summary>
/// <typeparam name="TFixture">The server.</typeparam>
public abstract class HostileInputSpecification<TFixture>(TFixture fixture)
    where TFixture : class, IImapFixture
{
    /// <summary>Octets of every kind; RFC 9051 §7.1.3, §7.1.5.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public virtual async Task Binary_garbage_does_no_harm(int seed)
    {
        using var client = await OpenAsync();
        var garbage = new byte[300_000];
        new Random(seed).NextBytes(garbage);
        await SendAnywayAsync(client, garbage);
        await ReadToEndAsync(client);

        await AssertServesAsync();
    }

    /// <summary>A line that does not end.</summary>
    [Fact]
    public virtual async Task A_line_without_an_end_is_given_up()
    {
        using var client = await OpenAsync();
        await SendAnywayAsync(client, Encoding.ASCII.GetBytes("a NOOP " + new string('x', 4_000_000)));

        Assert.Contains(await ReadToEndAsync(client), line => line.StartsWith("* BYE ", StringComparison.Ordinal));
        await AssertServesAsync();
    }

    /// <summary>RFC 2683 §3.2.1.5: a line that is too long is refused, and the next command is answered.</summary>
    [Fact]
    public virtual async Task A_line_that_is_too_long_is_bad()
    {
        using var client = await LogInAsync();

        Assert.StartsWith("a BAD ", (await client.CommandAsync("a", $"SEARCH {new string('x', 500_000)}"))[^1], StringComparison.Ordinal);
        Assert.StartsWith("b OK ", (await client.CommandAsync("b", "NOOP"))[^1], StringComparison.Ordinal);
    }

    /// <summary>RFC 7162 §4: a line of 8,192 octets is none too many.</summary>
    [Fact]
    public virtual async Task A_long_set_of_messages_is_taken()
    {
        using var client = await SelectAsync();
        var set = string.Join(',', Enumerable.Range(1, 9_000).Select(static number => number * 2));

        Assert.StartsWith("a OK ", (await client.CommandAsync("a", $"UID FETCH {set} UID"))[^1], StringComparison.Ordinal);
    }

    /// <summary>RFC 7888 §4: what follows a long line that ends in a literal still belongs to it.</summary>
    [Fact]
    public virtual async Task A_literal_behind_a_line_that_is_too_long_is_skipped()
    {
        using var client = await LogInAsync();
        await client.SendAsync($"a SEARCH {new string('x', 500_000)} {{9+}}\r\nb LOGOUT\r\r\nc NOOP\r\n");

        Assert.StartsWith("a BAD ", (await client.ReadUntilTaggedAsync("a"))[^1], StringComparison.Ordinal);
        Assert.StartsWith("c OK ", (await client.ReadUntilTaggedAsync("c"))[^1], StringComparison.Ordinal);
    }

    /// <summary>Nesting is bounded.</summary>
    [Theory]
    [InlineData('(', 100_000)]
    [InlineData('(', 60_000)]
    [InlineData('(', 1_000)]
    public virtual async Task Nesting_without_end_is_refused(char open, int count)
    {
        using var client = await SelectAsync();

        Assert.Matches("^a (BAD|NO) ", (await client.CommandAsync("a", $"SEARCH {new string(open, count)}"))[^1]);
        Assert.Matches("^b (BAD|NO) ", (await client.CommandAsync("b", $"FETCH 1:* {new string(open, count)}"))[^1]);
        Assert.Matches("^c (BAD|NO) ", (await client.CommandAsync("c", $"ID {new string(open, count)}"))[^1]);
        await AssertServesAsync();
    }

    /// <summary>NOT and OR nest too.</summary>
    [Theory]
    [InlineData("NOT ", 15_000)]
    [InlineData("OR ALL ", 9_000)]
    [InlineData("OR NOT ", 500)]
    public virtual async Task Search_keys_without_end_are_refused(string key, int count)
    {
        using var client = await SelectAsync();

        Assert.Matches("^a (BAD|NO) ", (await client.CommandAsync("a", $"SEARCH {string.Concat(Enumerable.Repeat(key, count))}ALL"))[^1]);
        await AssertServesAsync();
    }

    /// <summary>Many literals in one command.</summary>
    [Fact]
    public virtual async Task Literals_without_end_are_refused()
    {
        using var client = await SelectAsync();
        await client.SendAsync($"a SEARCH{string.Concat(Enumerable.Repeat(" SUBJECT {1+}\r\nx", 2_000))}\r\n");

        Assert.StartsWith("a BAD ", (await client.ReadUntilTaggedAsync("a"))[^1], StringComparison.Ordinal);
        Assert.StartsWith("b OK ", (await client.CommandAsync("b", "NOOP"))[^1], StringComparison.Ordinal);
    }

    /// <summary>RFC 7888 §4: a literal that is too large is refused before it comes, or skipped.</summary>
    [Fact]
    public virtual async Task A_literal_that_is_too_large_is_refused()
    {
        using var client = await OpenAsync();

        Assert.StartsWith("a BAD ", (await client.CommandAsync("a", "LOGIN {100000000}"))[^1], StringComparison.Ordinal);
        await client.SendAsync($"b LOGIN {{1000000+}}\r\n{new string('x', 1_000_000)} y\r\n");
        Assert.StartsWith("b BAD ", (await client.ReadUntilTaggedAsync("b"))[^1], StringComparison.Ordinal);
        Assert.StartsWith("c OK ", (await client.CommandAsync("c", "NOOP"))[^1], StringComparison.Ordinal);
        await client.SendAsync("d LOGIN {99999999999999999999+}\r\n");
        Assert.Contains(await ReadToEndAsync(client), static line => line.StartsWith("* BYE ", StringComparison.Ordinal));
        await AssertServesAsync();
    }

    /// <summary>RFC 9051 §6.3.12: a client that goes in the middle of a message has appended nothing.</summary>
    [Theory]
    [InlineData("a APPEND INBOX {100+}\r\nhalf a message")]
    [InlineData("a APPEND INBOX {5+}\r\na: b\n")]
    [InlineData("a APPEND INBOX {100+}\r\n")]
    [InlineData("a APPEND {5+}\r\nINB")]
    [InlineData("a APPEND INBOX {5+}\r\na: b\n {5")]
    public virtual async Task A_client_that_goes_in_the_middle_of_a_literal_leaves_nothing(string half)
    {
        var account = await fixture.AddUserAsync();
        using (var client = await LogInAsync(account))
        {
            await client.SendAsync(half);
            client.ShutSend();
            await ReadToEndAsync(client);
        }

        using var other = await LogInAsync(account);
        Assert.Contains("* STATUS INBOX (MESSAGES 0 UIDNEXT 1)", await other.CommandAsync("a", "STATUS INBOX (MESSAGES UIDNEXT)"));
    }

    /// <summary>A client that says goodbye behind its commands still has them carried out.</summary>
    [Fact]
    public virtual async Task Commands_are_carried_out_that_come_before_the_client_shuts_its_side()
    {
        var account = await fixture.AddUserAsync();
        using var client = await LogInAsync(account);
        await client.SendAsync("a CREATE one\r\nb CREATE two\r\nc LIST \"\" *\r\n");
        client.ShutSend();

        var lines = await ReadToEndAsync(client);
        Assert.Contains(lines, static line => line.StartsWith("c OK ", StringComparison.Ordinal));
        Assert.Equal(3, lines.Count(static line => line.StartsWith("* LIST ", StringComparison.Ordinal)));
    }

    /// <summary>Whoever sends nothing but nonsense does not speak IMAP.</summary>
    [Fact]
    public virtual async Task Bad_commands_without_end_are_given_up()
    {
        using var client = await OpenAsync();
        await SendAnywayAsync(client, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("GET / HTTP/1.1\r\n", 1_000))));

        Assert.Contains(await ReadToEndAsync(client), static line => line.StartsWith("* BYE ", StringComparison.Ordinal));
        await AssertServesAsync();
    }

    /// <summary>Passwords cannot be tried without end on one connection.</summary>
    [Fact]
    public virtual async Task Failed_logins_without_end_are_given_up()
    {
        using var client = await OpenAsync();
        await SendAnywayAsync(client, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a LOGIN nobody nothing\r\n", 100))));

        var lines = await ReadToEndAsync(client);
        Assert.Contains(lines, static line => line.StartsWith("* BYE ", StringComparison.Ordinal));
        Assert.InRange(lines.Count(static line => line.StartsWith("a NO ", StringComparison.Ordinal)), 1, 20);
    }

    /// <summary>A message of 100,000 header lines, or with NUL octets, is stored and given back as it is.</summary>
    [Theory]
    [InlineData(100_000, "X-Line: header\r\n", "\r\nbody\r\n")]
    [InlineData(1, "Subject: \0\0\r\n", "\r\n\0body\0\r\n")]
    [InlineData(1, "no header at all", "")]
    [InlineData(1, "Subject: \u00E9\u00FF\r\n\r\n", "bare\ncr\rlf\n\r\n")]
    public virtual async Task An_odd_message_comes_back_as_it_went(int count, string line, string rest)
    {
        using var client = await SelectAsync();
        var message = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(line, count)) + rest);
        await client.SendAsync($"a APPEND INBOX {{{message.Length}+}}\r\n");
        await client.SendAsync(message);
        await client.SendAsync("\r\n");
        Assert.StartsWith("a OK ", (await client.ReadUntilTaggedAsync("a"))[^1], StringComparison.Ordinal);

        await client.SendAsync("b FETCH 1 BODY.PEEK[]\r\n");
        Assert.Equal($"* 1 FETCH (BODY[] {{{message.Length}}}", await client.ReadLineAsync());
        Assert.Equal(message, await client.ReadOctetsAsync(message.Length));
        Assert.Equal(")", await client.ReadLineAsync());
        Assert.StartsWith("b OK ", await client.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Matches("^c OK ", (await client.CommandAsync("c", "FETCH 1 (ENVELOPE BODYSTRUCTURE BODY)"))[^1]);
    }

    async Task<WireClient> OpenAsync()
    {
        var client = await WireClient.ConnectAsync(fixture.EndPoint);
        Assert.StartsWith("* OK ", await client.ReadLineAsync(), StringComparison.Ordinal);
        return client;
    }

    async Task<WireClient> LogInAsync(ImapAccount? account = null)
    {
        account ??= await fixture.AddUserAsync();
        var client = await OpenAsync();
        Assert.StartsWith("login OK", (await client.CommandAsync("login", $"LOGIN {account.Username} {account.Password}"))[^1], StringComparison.Ordinal);
        return client;
    }

    async Task<WireClient> SelectAsync()
    {
        var client = await LogInAsync();
        Assert.StartsWith("select OK", (await client.CommandAsync("select", "SELECT INBOX"))[^1], StringComparison.Ordinal);
        return client;
    }

    async Task AssertServesAsync()
    {
        using var client = await OpenAsync();
        Assert.StartsWith("alive OK", (await client.CommandAsync("alive", "NOOP"))[^1], StringComparison.Ordinal);
    }

    // The server may have closed before all of it is sent.
    static async Task SendAnywayAsync(WireClient client, byte[] octets)
    {
        try
        {
            await client.SendAsync(octets);
            client.ShutSend();
        }
        catch (System.Net.Sockets.SocketException)
        {
        }
    }

    static async Task<List<string>> ReadToEndAsync(WireClient client)
    {
        var lines = new List<string>();
        while (await client.ReadLineAsync() is { } line)
            lines.Add(line);
        return lines;
    }
}
