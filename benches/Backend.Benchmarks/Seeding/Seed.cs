using Backend.Benchmarks.Plain;

namespace Backend.Benchmarks.Seeding;

/// <summary>What is in a store before anything is measured.</summary>
static class Seed
{
    public const string User = "alice";

    /// <summary>Has mailboxes and UIDs of the same names, between the user's in the tables.</summary>
    public const string Neighbour = "bob";

    /// <summary>Has many mailboxes.</summary>
    public const string Lister = "carol";

    /// <summary>Messages in the user's INBOX.</summary>
    public const int Messages = 100_000;

    public const int Mailboxes = 1_000;

    /// <summary>The mailbox with one large message.</summary>
    public const string LargeMailbox = "large";

    public const int LargeOctets = 10 * 1024 * 1024;

    const int Batch = 500;

    /// <summary>Of each batch, how many messages the neighbour gets as well.</summary>
    const int NeighbourBatch = 50;

    public static MailGenerator Mail { get; } = new();

    public static async Task FillAsync(IUser user, PlainStore plain, IUser lister, PlainStore neighbour)
    {
        var (inbox, neighbours) = (await plain.FindMailboxAsync("INBOX"), await neighbour.FindMailboxAsync("INBOX"));
        var next = ParseAsync(1);
        for (var first = 1; first <= Messages; first += Batch)
        {
            var batch = await next;
            next = first + Batch <= Messages ? ParseAsync(first + Batch) : next;
            await plain.AppendAsync(batch.ConvertAll(message => message with { MailboxId = inbox }));
            await neighbour.AppendAsync(batch.GetRange(0, NeighbourBatch).ConvertAll(message => message with { MailboxId = neighbours }));
        }

        await MakeMailboxesAsync(user, lister);
    }

    static Task<List<PlainMessage>> ParseAsync(int first) => Task.Run(async () =>
    {
        var messages = new List<PlainMessage>(Batch);
        for (var number = first; number < first + Batch; number++)
            messages.Add(await PlainMessage.ParseAsync(Mail.Make(number), FlagsOf(number), MailGenerator.DateOf(number)));
        return messages;
    });

    static async Task MakeMailboxesAsync(IUser user, IUser lister)
    {
        await user.CreateMailboxAsync(MailboxName.Parse(LargeMailbox), CreateOptions.Default, CancellationToken.None);
        var large = await user.GetMailboxAsync(MailboxName.Parse(LargeMailbox), CancellationToken.None);
        using var octets = new MemoryStream(Mail.MakeLarge(LargeOctets));
        await large.CreateMessageAsync(octets, AppendOptions.Default, CancellationToken.None);
        // A tree as people have it: a few years of many projects.
        for (var number = 1; number <= Mailboxes / 10; number++)
            foreach (var leaf in (string[])["/2018", "/2019", "/2020", "/2021", "/2022", "/2023", "/2024", "/2025", "/2026"])
                await lister.CreateMailboxAsync(MailboxName.Parse($"project {number}{leaf}"), CreateOptions.Default, CancellationToken.None);
        for (var number = 1; number <= Mailboxes / 10; number += 2)
            await lister.SetSubscribedAsync(MailboxName.Parse($"project {number}"), subscribed: true, CancellationToken.None);
    }

    /// <summary>Most is read, some answered, little flagged; the newest is not read.</summary>
    static FlagSet FlagsOf(int number)
    {
        var random = new Random(-number);
        var flags = new List<Flag>();
        if (random.Next(100) < (number > Messages - 1000 ? 10 : 90))
            flags.Add(Flag.Seen);
        if (random.Next(100) < 12)
            flags.Add(Flag.Answered);
        if (random.Next(100) < 2)
            flags.Add(Flag.Flagged);
        return FlagSet.Of(flags);
    }
}
