using Backend.EfCore;
using Backend.EfCore.Consistency;
using Backend.EfCore.Search;
using Backend.EfCore.Sqlite;
using Backend.EfCore.Tenancy;
using Backend.EfCore.Updates;
using Backend.Specification.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Backend.Sqlite.Tests;

/// <summary>A mail store in a SQLite file of its own, in the folder for temporary files.</summary>
public sealed class SqliteFixture : BackendFixture
{
    const int MaxSize = 12 * 1024 * 1024;
    const int MailboxLimit = 400;
    const int KeywordLimit = 300;

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mailstore-test-");
    readonly List<ServiceProvider> stores = [];

    public override IBackend Backend => stores[0].GetRequiredService<IBackend>();

    public override IUserDirectory Users => stores[0].GetRequiredService<IUserDirectory>();

    public override ITenantDirectory Tenants => stores[0].GetRequiredService<ITenantDirectory>();

    public override IUpdater Updater => stores[0].GetRequiredService<IUpdater>();

    public override long? MaxMessageSize => MaxSize;

    public override int? MaxUpdatesHeld => UpdateSubscription.Capacity;

    public override int? MaxMailboxes => MailboxLimit;

    public override int? MaxKeywords => KeywordLimit;

    string ConnectionString => $"Data Source={Path.Combine(folder.FullName, "mail.db")}";

    public override async ValueTask<IReadOnlyList<string>> CheckInvariantsAsync(CancellationToken cancellationToken) =>
        await new Invariants(stores[0].GetRequiredService<MailStoreDatabase>()).CheckAsync(cancellationToken);

    public override async ValueTask<IBackend?> OpenAgainAsync(CancellationToken cancellationToken) =>
        (await OpenAsync(cancellationToken)).GetRequiredService<IBackend>();

    public override async ValueTask<bool?> HoldsAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        foreach (var file in folder.EnumerateFiles())
        {
            using var copy = new MemoryStream();
            await using (var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
                await stream.CopyToAsync(copy, cancellationToken);
            if (copy.ToArray().AsSpan().IndexOf(octets.Span) >= 0)
                return true;
        }

        return false;
    }

    public override async ValueTask<bool> SkipUidsAsync(string username, MailboxName mailbox, Uid next, CancellationToken cancellationToken)
    {
        var database = stores[0].GetRequiredService<MailStoreDatabase>();
        var userId = await database.ReadAsync(Lease.ForStore, (context, token) => context.Users.Where(user => user.Name == username).Select(static user => user.Id).SingleAsync(token), cancellationToken);
        var changed = await database.WriteAsync(
            Lease.ForUser(userId),
            (scope, token) => scope.Context.Mailboxes
                .Where(each => each.Name == mailbox.Value)
                .ExecuteUpdateAsync(set => set.SetProperty(static each => each.UidNext, (long)next.Value), token),
            cancellationToken);
        return changed == 1;
    }

    public override async ValueTask ForgetChangesAsync(CancellationToken cancellationToken)
    {
        var database = stores[0].GetRequiredService<MailStoreDatabase>();
        foreach (var userId in await database.ReadAsync(Lease.ForStore, static (context, token) => context.Users.Select(static user => user.Id).ToListAsync(token), cancellationToken))
            await database.Sweep.PruneAsync(userId, DateTimeOffset.MaxValue, cancellationToken);
    }

    public override async ValueTask IndexAsync(CancellationToken cancellationToken) =>
        await stores[0].GetRequiredService<MailStoreDatabase>().TextIndexer.IndexWokenAsync(rest: false, cancellationToken);

    public override async ValueTask ForgetSortsAsync(CancellationToken cancellationToken)
    {
        var database = stores[0].GetRequiredService<MailStoreDatabase>();
        foreach (var userId in await database.ReadAsync(Lease.ForStore, static (context, token) => context.Users.Select(static user => user.Id).ToListAsync(token), cancellationToken))
            await database.WriteAsync(Lease.ForUser(userId), static (scope, token) => scope.Context.ContentSorts.ExecuteDeleteAsync(token), cancellationToken);
    }

    protected override async ValueTask StartAsync(CancellationToken cancellationToken) => await OpenAsync(cancellationToken);

    protected override async ValueTask StopAsync()
    {
        foreach (var store in stores)
            await store.DisposeAsync();
        await using (var connection = new SqliteConnection(ConnectionString))
            SqliteConnection.ClearPool(connection);
        folder.Delete(recursive: true);
    }

    async Task<ServiceProvider> OpenAsync(CancellationToken cancellationToken)
    {
        var store = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddMailStore(options =>
            {
                options.UseSqlite(ConnectionString);
                options.MaxMessageSize = MaxSize;
                options.MaxMailboxesPerUser = MailboxLimit;
                options.MaxKeywordsPerUser = KeywordLimit;
                options.PasswordIterations = 4096;
                // A test says when; its few messages would not be worth the index.
                options.IndexInBackground = false;
                options.IndexUse = TextIndexUse.Always;
            })
            .BuildServiceProvider();
        stores.Add(store);
        await store.GetRequiredService<IMailStoreDatabase>().MigrateAsync(cancellationToken);
        return store;
    }
}
