namespace Imap.Specification.Tests;

/// <summary>
/// Several clients change one mailbox at the same time, each knowing only what it is told. In the end all of them know the same, and it
/// is so. RFC 9051 §2.3.1.2, §5.2, §7.5.1; RFC 3501 §6.4.6 (the note on .SILENT).
/// </summary>
/// <typeparam name="TFixture">The server.</typeparam>
public abstract class ConcurrentSessionsSpecification<TFixture>(TFixture fixture)
    where TFixture : class, IImapFixture
{
    static readonly string[] Flags = ["\\Seen", "\\Flagged", "\\Answered", "\\Deleted"];

    /// <summary>At the same time.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public virtual async Task Clients_that_follow_what_they_are_told_agree(int seed)
    {
        var account = await fixture.AddUserAsync();
        var clients = new List<FollowingClient>();
        try
        {
            for (var i = 0; i < 3; i++)
                clients.Add(await OpenAsync(account, ((char)('a' + i)).ToString()));
            await Task.WhenAll(clients.Select((client, at) => ActAsync(client, new Random((seed * 10) + at), 120)));
            await AssertAgreeAsync(clients);
        }
        finally
        {
            clients.ForEach(static client => client.Dispose());
        }
    }

    /// <summary>One after the other, in any order: here each step shows what it did.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public virtual async Task Clients_that_take_turns_agree(int seed)
    {
        var account = await fixture.AddUserAsync();
        var random = new Random(seed);
        using var first = await OpenAsync(account, "a");
        using var second = await OpenAsync(account, "b");
        for (var i = 0; i < 30; i++)
        {
            await ActAsync(random.Next(2) == 0 ? first : second, random, 3);
            if (i % 5 == 4)
                await AssertAgreeAsync([first, second]);
        }
    }

    async Task<FollowingClient> OpenAsync(ImapAccount account, string name)
    {
        var wire = await WireClient.ConnectAsync(fixture.EndPoint);
        await wire.ReadLineAsync();
        var client = new FollowingClient(wire, name);
        Assert.StartsWith("OK", await client.CommandAsync($"LOGIN {account.Username} {account.Password}"), StringComparison.Ordinal);
        Assert.StartsWith("OK", await client.CommandAsync("SELECT INBOX"), StringComparison.Ordinal);
        return client;
    }

    static async Task ActAsync(FollowingClient client, Random random, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            var count = client.Messages.Count;
            var answer = count == 0 || random.Next(4) == 0
                ? await AddAsync(client, random)
                : await ChangeAsync(client, random, random.Next(count) + 1);
            Assert.True(answer.StartsWith("OK", StringComparison.Ordinal) || answer.StartsWith("NO [EXPUNGEISSUED]", StringComparison.Ordinal), string.Join('\n', client.Conversation.TakeLast(20)));
        }
    }

    static Task<string> AddAsync(FollowingClient client, Random random) =>
        client.CommandAsync($"APPEND INBOX ({Flags[random.Next(Flags.Length)]})", "Subject: x\r\n\r\nbody\r\n");

    static Task<string> ChangeAsync(FollowingClient client, Random random, int number)
    {
        var flag = Flags[random.Next(Flags.Length)];
        var operation = new[] { "+", "-", "" }[random.Next(3)];
        switch (random.Next(10))
        {
            case 0:
                return client.CommandAsync("EXPUNGE");
            case 1:
                return client.CommandAsync("UID FETCH 1:* (UID FLAGS)");
            case 2:
                return client.CommandAsync($"FETCH {number} (UID FLAGS)");
            case 3:
                return client.CommandAsync($"COPY {number} INBOX");
            case 4:
                return client.CommandAsync($"MOVE {number} INBOX");
            case 5:
                return client.CommandAsync("NOOP");
            case 6:
                return client.CommandAsync($"FETCH {number} BODY[TEXT]<0.1>");
            case 7:
                return client.CommandAsync($"STORE {number} {operation}FLAGS ({flag})");
            default:
                client.Apply(number, operation, flag);
                return client.CommandAsync($"STORE {number} {operation}FLAGS.SILENT ({flag})");
        }
    }

    static async Task AssertAgreeAsync(List<FollowingClient> clients)
    {
        foreach (var client in clients)
            await client.CommandAsync("NOOP");
        var believed = clients.Select(static client => client.Messages.ToList()).ToList();
        foreach (var client in clients)
            Assert.StartsWith("OK", await client.CommandAsync("FETCH 1:* (UID FLAGS)"), StringComparison.Ordinal);
        for (var i = 0; i < clients.Count; i++)
        {
            Assert.Equal(clients[0].Messages, clients[i].Messages);
            Assert.Equal(clients[i].Messages.Count, believed[i].Count);
            for (var at = 0; at < believed[i].Count; at++)
                if (believed[i][at].Flags is { } flags && flags != clients[i].Messages[at].Flags)
                    Assert.Fail($"The client believed that message {at + 1} has the flags \"{flags}\", and they are \"{clients[i].Messages[at].Flags}\".\n{string.Join('\n', clients[i].Conversation.TakeLast(80))}");
        }
    }
}
