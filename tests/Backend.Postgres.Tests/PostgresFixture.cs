using Backend.EfCore;
using Backend.EfCore.Consistency;
using Backend.EfCore.Postgres;
using Backend.EfCore.Search;
using Backend.EfCore.Tenancy;
using Backend.EfCore.Updates;
using Backend.Specification.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Postgres.Testing;

namespace Backend.Postgres.Tests;

/// <summary>A mail store in a PostgreSQL database of its own.</summary>
public sealed class PostgresFixture(TestServer tests) : BackendFixture
{
    const int MaxSize = 12 * 1024 * 1024;
    const int MailboxLimit = 400;
    const int KeywordLimit = 300;

    readonly List<ServiceProvider> stores = [];
    PostgresServer? server;
    string connectionString = "";

    public override IBackend Backend => stores[0].GetRequiredService<IBackend>();

    public override IUserDirectory Users => stores[0].GetRequiredService<IUserDirectory>();

    public override ITenantDirectory Tenants => stores[0].GetRequiredService<ITenantDirectory>();

    public override IUpdater Updater => stores[0].GetRequiredService<IUpdater>();

    public override string? Missing => server is null ? tests.Missing : null;

    public override long? MaxMessageSize => MaxSize;

    public override int? MaxUpdatesHeld => UpdateSubscription.Capacity;

    public override int? MaxMailboxes => MailboxLimit;

    public override int? MaxKeywords => KeywordLimit;

    public override string? UpdatesNotShared => null;

    public override async ValueTask<IReadOnlyList<string>> CheckInvariantsAsync(CancellationToken cancellationToken) =>
        await new Invariants(stores[0].GetRequiredService<MailStoreDatabase>()).CheckAsync(cancellationToken);

    public override async ValueTask<IBackend?> OpenAgainAsync(CancellationToken cancellationToken) =>
        (await OpenAsync(cancellationToken)).GetRequiredService<IBackend>();

    /// <summary>Looks into every row of every table, whose octets as text are hexadecimal.</summary>
    public override async ValueTask<bool?> HoldsAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(server!.AsAdministrator(connectionString));
        await connection.OpenAsync(cancellationToken);
        var tables = new List<string>();
        await using (var command = new NpgsqlCommand("SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace", connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            while (await reader.ReadAsync(cancellationToken))
                tables.Add(reader.GetString(0));
        Assert.NotEmpty(tables);
        foreach (var table in tables)
        {
            await using var command = new NpgsqlCommand($"SELECT count(*) FROM {table} AS rows WHERE position($1 IN convert_to(rows::text, 'UTF8')) > 0 OR strpos(rows::text, $2) > 0", connection);
            command.Parameters.AddWithValue(octets.ToArray());
            command.Parameters.AddWithValue(Convert.ToHexStringLower(octets.Span));
            if (await command.ExecuteScalarAsync(cancellationToken) is > 0L)
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

    protected override async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        server = await tests.TryStartAsync();
        if (server is null)
            return;
        connectionString = server.ForNewDatabase();
        await OpenAsync(cancellationToken);
    }

    protected override async ValueTask StopAsync()
    {
        foreach (var store in stores)
            await store.DisposeAsync();
        if (server is not null)
            await server.DropAsync(connectionString);
    }

    /// <summary>Waits until a store hears others: from then on it tells its sessions nothing but what they do.</summary>
    static async Task ListeningAsync(IUpdater updater, CancellationToken cancellationToken)
    {
        using var first = updater.Subscribe("nobody");
        (await first.Updates.ReadAsync(cancellationToken)).Done();
    }

    async Task<ServiceProvider> OpenAsync(CancellationToken cancellationToken)
    {
        var store = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock)
            .AddMailStore(options =>
            {
                options.UsePostgres(connectionString);
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
        await ListeningAsync(store.GetRequiredService<IUpdater>(), cancellationToken);
        return store;
    }
}
