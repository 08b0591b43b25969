using System.Globalization;
using System.Net;

namespace Imap.Specification.Tests;

/// <summary>A client that does whatever comes to its mind, in a few mailboxes.</summary>
public sealed class RandomSession(SyncingClient client, IReadOnlyList<IPEndPoint> endPoints, IReadOnlyList<string> mailboxes, Random random)
{
    static readonly string[] Flags = ["\\Seen", "\\Flagged", "\\Answered", "\\Deleted", "$Work"];

    /// <summary>The client.</summary>
    public SyncingClient Client => client;

    /// <summary>Connects, and opens some mailbox.</summary>
    public async Task StartAsync()
    {
        await client.ConnectAsync(Pick(endPoints));
        await SelectAsync();
    }

    /// <summary>Does one thing.</summary>
    public async Task ActAsync()
    {
        if (client.Selected is null)
            await SelectAsync();
        if (random.Next(3) > 0)
            await client.FetchNewAsync();
        var count = client.Picture.Messages.Count;
        var answer = count == 0 || random.Next(5) == 0
            ? await client.CommandAsync($"APPEND {Pick(mailboxes)} ({Pick(Flags)})", "Subject: x\r\n\r\nbody\r\n")
            : await ChangeAsync(random.Next(count) + 1);
        if (!answer.StartsWith("OK", StringComparison.Ordinal) && !answer.StartsWith("NO [EXPUNGEISSUED]", StringComparison.Ordinal) && !answer.StartsWith("NO [MODIFIED ", StringComparison.Ordinal))
            Assert.Fail($"{answer}\n{string.Join('\n', client.Conversation.TakeLast(20))}");
    }

    async Task<string> ChangeAsync(int number)
    {
        switch (random.Next(22))
        {
            case 0:
                return await client.CommandAsync("EXPUNGE");
            case 1:
                return await client.CommandAsync(string.Create(CultureInfo.InvariantCulture, $"UID EXPUNGE {client.Picture.Messages[number - 1].Uid ?? 1}:*"));
            case 2:
                return await client.CommandAsync($"COPY {Range(number)} {Pick(mailboxes)}");
            case 3:
                return await client.CommandAsync($"MOVE {Range(number)} {Pick(mailboxes)}");
            case 4 or 5:
                return await client.CommandAsync("NOOP");
            case 6:
                return await client.CommandAsync($"FETCH {number} BODY[TEXT]<0.1>");
            case 7:
                return await client.CommandAsync($"UID FETCH 1:* (FLAGS{(client.HasModSeqs ? " MODSEQ" : "")})");
            case 8:
                return await client.CommandAsync(random.Next(2) == 0 ? "UID SEARCH UNSEEN" : "UID SEARCH 1:* UNSEEN");
            case 9:
                return await client.CommandAsync("SEARCH UNDELETED");
            case 10 or 11:
                return await LeaveAsync();
            case 12:
                await client.IdleAsync(TimeSpan.FromMilliseconds(random.Next(30)), drop: random.Next(3) == 0);
                return await ReturnAsync();
            case 13:
                client.Drop();
                return await ReturnAsync();
            default:
                return await StoreAsync(number);
        }
    }

    async Task<string> LeaveAsync()
    {
        if (random.Next(4) == 0)
            await client.CloseAsync();
        await SelectAsync();
        return "OK";
    }

    async Task<string> ReturnAsync()
    {
        if (client.Selected is null)
            await StartAsync();
        return "OK";
    }

    async Task<string> StoreAsync(int number)
    {
        var (flag, operation) = (Pick(Flags), Pick(["+", "-", ""]));
        var message = client.Picture.Messages[number - 1];
        var condition = "";
        if (client.HasModSeqs && message.ModSeq is { } modSeq && random.Next(2) == 0)
            condition = string.Create(CultureInfo.InvariantCulture, $" (UNCHANGEDSINCE {modSeq - (random.Next(8) == 0 ? 1 : 0)})");
        var byUid = message.Uid is not null && random.Next(2) == 0;
        var named = byUid ? string.Create(CultureInfo.InvariantCulture, $"UID STORE {message.Uid}") : $"STORE {number}";
        return random.Next(2) == 0
            ? await client.StoreSilentlyAsync($"{named}{condition} {operation}FLAGS.SILENT ({flag})", number, operation, flag, condition.Length > 0)
            : await client.CommandAsync($"{(byUid ? named : $"STORE {Range(number)}")}{condition} {operation}FLAGS ({flag})");
    }

    Task SelectAsync() => client.SelectAsync(Pick(mailboxes), withMatch: random.Next(2) == 0);

    string Range(int number) => random.Next(3) == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{number}:{Math.Min(client.Picture.Messages.Count, number + random.Next(4))}")
        : number.ToString(CultureInfo.InvariantCulture);

    T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
