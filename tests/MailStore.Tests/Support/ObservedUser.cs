using Backend.Memory;

namespace MailStore.Tests.Support;

/// <summary>A user of a store in memory, whose appends a test can hold up, fail and count.</summary>
sealed class ObservedUser : IUser
{
    readonly Task<IUser> opened = OpenAsync();
    readonly Lock guard = new();
    int running;

    /// <summary>What there is of a message.</summary>
    public sealed record Entry(string Text, FlagSet Flags, DateTimeOffset InternalDate);

    /// <summary>When the store has always been now.</summary>
    public static DateTimeOffset Now => DateTimeOffset.UnixEpoch;

    /// <summary>The most appends that there were at the same time.</summary>
    public int HighestParallelism { get; private set; }

    /// <summary>Runs before a message is stored; may throw.</summary>
    public Func<byte[], Task> BeforeAppend { get; set; } = static _ => Task.CompletedTask;

    public string Username => "ada";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<IReadOnlyList<MailboxInfo>> ListMailboxesAsync(bool subscribed, CancellationToken cancellationToken) =>
        await (await opened).ListMailboxesAsync(subscribed, cancellationToken);

    public async Task<IMailbox> GetMailboxAsync(MailboxName name, CancellationToken cancellationToken) =>
        new ObservedMailbox(await (await opened).GetMailboxAsync(name, cancellationToken), this);

    public async Task<CreateData> CreateMailboxAsync(MailboxName name, CreateOptions options, CancellationToken cancellationToken) =>
        await (await opened).CreateMailboxAsync(name, options, cancellationToken);

    public async Task DeleteMailboxAsync(MailboxName name, CancellationToken cancellationToken) => await (await opened).DeleteMailboxAsync(name, cancellationToken);

    public async Task RenameMailboxAsync(MailboxName existingName, MailboxName newName, CancellationToken cancellationToken) =>
        await (await opened).RenameMailboxAsync(existingName, newName, cancellationToken);

    public async Task SetSubscribedAsync(MailboxName name, bool subscribed, CancellationToken cancellationToken) =>
        await (await opened).SetSubscribedAsync(name, subscribed, cancellationToken);

    public Task LogoutAsync() => Task.CompletedTask;

    /// <summary>The names of the mailboxes, or of those subscribed to.</summary>
    public async Task<List<string>> NamesAsync(bool subscribed = false) => [.. (await ListMailboxesAsync(subscribed, Token)).Select(static info => info.Name.Value)];

    /// <summary>All messages of a mailbox.</summary>
    public async Task<List<Entry>> EntriesAsync(string name)
    {
        var entries = new List<Entry>();
        var items = new FetchItems { Attributes = FetchAttributes.Flags | FetchAttributes.InternalDate, Sections = [new SectionItem(Section.Whole)] };
        await foreach (var message in (await GetMailboxAsync(MailboxName.Parse(name), Token)).ListMessagesAsync(UidSet.All, items, Token))
            entries.Add(new Entry(
                System.Text.Encoding.Latin1.GetString(await message.Sections[0].Content!.ToArrayAsync(Token)),
                message.Flags!.Except(FlagSet.Of(Flag.Recent)),
                message.InternalDate!.Value));
        return entries;
    }

    /// <summary>The octets of all messages of a mailbox, a character each.</summary>
    public async Task<List<string>> TextsAsync(string name) => (await EntriesAsync(name)).ConvertAll(static entry => entry.Text);

    /// <summary>Appends a message when the test lets it.</summary>
    public async Task<AppendData> AppendAsync(IMailbox mailbox, Stream body, AppendOptions options, CancellationToken cancellationToken)
    {
        lock (guard)
            HighestParallelism = Math.Max(HighestParallelism, ++running);
        try
        {
            using var content = new MemoryStream();
            await body.CopyToAsync(content, cancellationToken);
            await BeforeAppend(content.ToArray());
            content.Position = 0;
            return await mailbox.CreateMessageAsync(content, options, cancellationToken);
        }
        finally
        {
            lock (guard)
                running--;
        }
    }

    static async Task<IUser> OpenAsync()
    {
        var store = new MemoryBackend(new StandingClock());
        await store.AddUserAsync("ada", "secret", CancellationToken.None);
        return await store.OpenUserAsync("ada", CancellationToken.None);
    }

    sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
