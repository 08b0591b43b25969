using MailStore.Serving;
using Microsoft.Extensions.Configuration;

namespace MailStore.Tests.Support;

/// <summary>A store on SQLite for one test, with the user ada.</summary>
sealed class SqliteStore : IAsyncDisposable
{
    readonly TemporaryFolder folder;

    public string Connection => $"Data Source={folder["mail.db"]}";

    public string File => folder["mail.db"];

    public TemporaryFolder Folder => folder;

    public required OpenedStore Store { get; init; }

    public static async Task<SqliteStore> CreateAsync(CancellationToken cancellationToken)
    {
        var folder = new TemporaryFolder();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("MailStore:Connection", (string?)$"Data Source={folder["mail.db"]}")])
            .Build();
        var store = await OpenedStore.OpenOrMakeAsync(configuration, cancellationToken);
        await store.Users.AddUserAsync("ada", "secret", cancellationToken);
        return new SqliteStore(folder) { Store = store };
    }

    SqliteStore(TemporaryFolder folder) => this.folder = folder;

    public Task<IUser> OpenAsync(CancellationToken cancellationToken) => Store.Users.OpenUserAsync("ada", cancellationToken);

    /// <summary>The octets of all messages of a mailbox, in their order.</summary>
    public async Task<List<byte[]>> ReadAsync(string mailbox, CancellationToken cancellationToken)
    {
        var messages = new List<byte[]>();
        var handle = await (await OpenAsync(cancellationToken)).GetMailboxAsync(MailboxName.Parse(mailbox), cancellationToken);
        await foreach (var message in handle.ListMessagesAsync(UidSet.All, FetchItems.WholeBody, cancellationToken))
            messages.Add(await message.Sections[0].Content!.ToArrayAsync(cancellationToken));
        return messages;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        folder.Dispose();
    }
}
