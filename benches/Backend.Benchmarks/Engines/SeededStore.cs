using System.Diagnostics;
using Backend.Benchmarks.Plain;
using Backend.Benchmarks.Seeding;
using Backend.EfCore;
using Microsoft.Extensions.DependencyInjection;

namespace Backend.Benchmarks.Engines;

/// <summary>A store with much mail in it, and a connection for SQL written by hand beside it. One an engine for the whole run.</summary>
sealed class SeededStore : IAsyncDisposable
{
    static readonly Dictionary<Engine, SeededStore> Open = [];

    readonly BenchmarkDatabase database;
    readonly ServiceProvider services;
    int mailboxes;

    SeededStore(BenchmarkDatabase database)
    {
        this.database = database;
        services = new ServiceCollection().AddMailStore(database.Configure).BuildServiceProvider();
    }

    /// <summary>The user whose INBOX has all the mail.</summary>
    public IUser User { get; private set; } = null!;

    /// <summary>The user with the many mailboxes.</summary>
    public IUser Lister { get; private set; } = null!;

    /// <summary>The same work by hand.</summary>
    public PlainStore Plain { get; private set; } = null!;

    public PlainStore PlainLister { get; private set; } = null!;

    public IUserDirectory Users => services.GetRequiredService<IUserDirectory>();

    public static SeededStore Of(Engine engine) => Open[engine];

    /// <summary>Makes and fills the stores of these engines.</summary>
    public static async Task OpenAsync(IEnumerable<Engine> engines)
    {
        foreach (var engine in engines)
        {
            var started = Stopwatch.GetTimestamp();
            var store = new SeededStore(await BenchmarkDatabase.CreateAsync(engine));
            Open.Add(engine, store);
            await store.StartAsync();
            Console.WriteLine($"{engine}: {store.database.Description}, {Seed.Messages:N0} messages after {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s");
        }
    }

    /// <summary>Takes all of them away.</summary>
    public static async Task CloseAsync()
    {
        foreach (var store in Open.Values)
            await store.DisposeAsync();
        Open.Clear();
    }

    /// <summary>A mailbox of the user's that is there already.</summary>
    public async Task<(IMoveMailbox Mailbox, int Id)> GetAsync(string name)
    {
        var mailbox = (IMoveMailbox)await User.GetMailboxAsync(MailboxName.Parse(name), CancellationToken.None);
        return (mailbox, await Plain.FindMailboxAsync(name));
    }

    /// <summary>A new mailbox of the user's, with copies of the first messages of the INBOX.</summary>
    public async Task<(IMoveMailbox Mailbox, int Id)> CreateAsync(int messages = 0)
    {
        var name = $"scratch{++mailboxes}";
        await User.CreateMailboxAsync(MailboxName.Parse(name), CreateOptions.Default, CancellationToken.None);
        var (mailbox, id) = await GetAsync(name);
        if (messages > 0)
            await Plain.FillAsync(id, messages, flags: 0);
        return (mailbox, id);
    }

    public async ValueTask DisposeAsync()
    {
        await Plain.DisposeAsync();
        await PlainLister.DisposeAsync();
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    async Task StartAsync()
    {
        await services.GetRequiredService<IMailStoreDatabase>().MigrateAsync(CancellationToken.None);
        foreach (var name in (string[])[Seed.User, Seed.Neighbour, Seed.Lister])
            await Users.AddUserAsync(name, "benchmark", CancellationToken.None);
        User = await Users.OpenUserAsync(Seed.User, CancellationToken.None);
        Lister = await Users.OpenUserAsync(Seed.Lister, CancellationToken.None);
        Plain = await OpenPlainAsync(Seed.User);
        PlainLister = await OpenPlainAsync(Seed.Lister);
        await using var neighbour = await OpenPlainAsync(Seed.Neighbour);
        await Seed.FillAsync(User, Plain, Lister, neighbour);
        await IndexAsync();
        await database.SettleAsync();
    }

    /// <summary>So that nothing is indexed in the background while something is measured.</summary>
    async Task IndexAsync()
    {
        try
        {
            await services.GetRequiredService<IMailStoreDatabase>().FillSearchIndexAsync(null, CancellationToken.None);
        }
        catch (BackendException exception) when (exception.Error == BackendError.Cannot)
        {
            Console.WriteLine($"Searches without an index: {exception.Message}");
        }
    }

    async Task<PlainStore> OpenPlainAsync(string username) => await PlainStore.OpenAsync(await database.OpenAsync(), username);
}
