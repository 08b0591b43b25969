using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Imap.Specification.Tests;

/// <summary>
/// Clients of every kind do whatever comes to their minds in a few mailboxes, leave and come again. In the end what each believes, from nothing
/// but what it was told, is so. RFC 9051 §2.3.1.2, §5.2, §7.5.1; RFC 7162 §3.2, §6; RFC 2180.
/// </summary>
/// <remarks>A few seconds; with MAILSTORE_TEST_LONG so many seconds as it says.</remarks>
/// <typeparam name="TFixture">The server.</typeparam>
public abstract class RandomSessionsSpecification<TFixture>(TFixture fixture)
    where TFixture : class, IImapFixture
{
    const int StepsInRound = 120;

    static readonly string[] Mailboxes = ["INBOX", "a", "b"];
    static readonly ClientKind[] Kinds = [ClientKind.Plain, ClientKind.Condstore, ClientKind.Qresync, ClientKind.Qresync, ClientKind.Rev2];

    static int Seconds { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("MAILSTORE_TEST_LONG"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;

    /// <summary>Where the servers listen: clients connect to any.</summary>
    protected virtual IReadOnlyList<IPEndPoint> EndPoints => [fixture.EndPoint];

    /// <summary>All at the same time.</summary>
    [Fact]
    public virtual async Task What_each_client_believes_is_so()
    {
        var (sessions, operations) = (0, 0);
        var time = Stopwatch.StartNew();
        var seed = Seconds == 0 ? 1 : Environment.TickCount & 0xFFFFF;
        do
        {
            var clients = await PlayAsync(seed++);
            sessions += clients.Count;
            operations += clients.Sum(static client => client.Commands);
        }
        while (time.Elapsed < TimeSpan.FromSeconds(Math.Max(Seconds, 3)));

        TestContext.Current.TestOutputHelper?.WriteLine($"{sessions} sessions, {operations} operations in {time.Elapsed.TotalSeconds:0} s, 0 mismatches");
    }

    /// <summary>One after the other: the same seed does the same.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public virtual async Task What_each_client_believes_is_so_when_they_take_turns(int seed)
    {
        var account = await AddAsync();
        var random = new Random(seed);
        var players = await SeatAsync(account, seed);
        try
        {
            for (var i = 0; i < 150; i++)
                await players[random.Next(players.Count)].ActAsync();
            await AssertTrueAsync(account, players, seed);
        }
        finally
        {
            players.ForEach(static player => player.Client.Dispose());
        }
    }

    async Task<List<SyncingClient>> PlayAsync(int seed)
    {
        var account = await AddAsync();
        var players = await SeatAsync(account, seed);
        try
        {
            await Task.WhenAll(players.Select(async player =>
            {
                for (var i = 0; i < StepsInRound; i++)
                    await player.ActAsync();
            }));
            await AssertTrueAsync(account, players, seed);
        }
        finally
        {
            players.ForEach(static player => player.Client.Dispose());
        }

        return players.ConvertAll(static player => player.Client);
    }

    async Task<ImapAccount> AddAsync()
    {
        var account = await fixture.AddUserAsync();
        using var owner = new SyncingClient(account, ClientKind.Plain, "o");
        await owner.ConnectAsync(fixture.EndPoint);
        foreach (var mailbox in Mailboxes.Skip(1))
            await owner.OkAsync($"CREATE {mailbox}");
        return account;
    }

    async Task<List<RandomSession>> SeatAsync(ImapAccount account, int seed)
    {
        var players = new List<RandomSession>();
        for (var i = 0; i < Kinds.Length; i++)
            players.Add(new RandomSession(new SyncingClient(account, Kinds[i], ((char)('a' + i)).ToString()), EndPoints, Mailboxes, new Random((seed * 10) + i)));
        foreach (var player in players)
            await player.StartAsync();
        return players;
    }

    async Task AssertTrueAsync(ImapAccount account, List<RandomSession> players, int seed)
    {
        using var judge = new SyncingClient(account, ClientKind.Condstore, "j");
        await judge.ConnectAsync(EndPoints[^1]);
        foreach (var client in players.Select(static player => player.Client))
        {
            if (client.Selected is not null)
            {
                await client.OkAsync("NOOP");
                await CompareAsync(judge, client, seed);
            }

            // What it took along and what it missed make the whole.
            foreach (var mailbox in client.Kind == ClientKind.Qresync ? client.Visited.ToList() : [])
            {
                await client.SelectAsync(mailbox, withMatch: true);
                await CompareAsync(judge, client, seed);
            }
        }
    }

    static async Task CompareAsync(SyncingClient judge, SyncingClient client, int seed)
    {
        await judge.SelectAsync(client.Selected!, withMatch: false);
        await judge.FetchNewAsync();
        var (truth, believed) = (judge.Picture.Messages, client.Picture.Messages);
        var differences = truth.Zip(believed).Where(static pair => Differs(pair.First.Uid, pair.Second.Uid) || Differs(pair.First.ModSeq, pair.Second.ModSeq) || (pair.Second.Flags is { } flags && flags != pair.First.Flags)).ToList();
        if (truth.Count != believed.Count || differences.Count > 0)
            Assert.Fail($"Seed {seed}: a {client.Kind} client believes of {client.Selected} that it has {believed.Count} messages, and it has {truth.Count}.\n"
                + string.Join('\n', differences.Select(static pair => $"believed {pair.Second}, and it is {pair.First}"))
                + $"\n{string.Join('\n', client.Conversation.TakeLast(200))}");
    }

    static bool Differs<T>(T? truth, T? believed)
        where T : struct, IEquatable<T> => believed is { } value && !value.Equals(truth!.Value);
}
