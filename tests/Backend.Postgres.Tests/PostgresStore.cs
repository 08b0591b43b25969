using System.Text;
using Backend.EfCore;
using Backend.EfCore.Postgres;
using Backend.Specification.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Postgres.Testing;

namespace Backend.Postgres.Tests;

/// <summary>A mail store in a database of its own that vanishes with it.</summary>
sealed class PostgresStore : IAsyncDisposable
{
    readonly PostgresServer server;
    readonly bool isOwner;
    readonly Action<MailStoreOptions> configure;
    ServiceProvider provider;

    public PostgresStore(PostgresServer server, Action<MailStoreOptions>? configure = null)
        : this(server, server.ForNewDatabase(), isOwner: true, configure)
    {
    }

    public PostgresStore(PostgresServer server, string connectionString, bool isOwner, Action<MailStoreOptions>? configure = null)
    {
        this.configure = configure ?? (static _ => { });
        (this.server, this.isOwner, ConnectionString) = (server, isOwner, connectionString);
        provider = Build();
    }

    /// <summary>The database; nothing makes it before <see cref="IMailStoreDatabase.MigrateAsync"/>.</summary>
    public string ConnectionString { get; }

    /// <summary>The same database for the administrator, who sees everybody's rows: what tests look into it with.</summary>
    public string AdministratorString => server.AsAdministrator(ConnectionString);

    public TestClock Clock { get; } = new();

    public IMailStoreDatabase Database => provider.GetRequiredService<IMailStoreDatabase>();

    public MailStoreDatabase Internals => provider.GetRequiredService<MailStoreDatabase>();

    public IUserDirectory Users => provider.GetRequiredService<IUserDirectory>();

    public ITenantDirectory Tenants => provider.GetRequiredService<ITenantDirectory>();

    public IUpdater Updater => provider.GetRequiredService<IUpdater>();

    public IBackend Backend => provider.GetRequiredService<IBackend>();

    /// <summary>What the store said, but not of what is only for looking into faults.</summary>
    public RecordingLog Log { get; } = new();

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A store that is ready, with one user.</summary>
    public static async Task<(PostgresStore Store, IUser User)> StartAsync(PostgresServer server, Action<MailStoreOptions>? configure = null)
    {
        var store = new PostgresStore(server, configure);
        await store.Database.MigrateAsync(Token);
        await store.Users.AddUserAsync("alice", "secret", Token);
        return (store, await store.Users.OpenUserAsync("alice", Token));
    }

    /// <summary>A store on the same database as this one, which lives longer: as a second program has it.</summary>
    public PostgresStore OpenSecond(Action<MailStoreOptions>? configureSecond = null) => new(server, ConnectionString, isOwner: false, configureSecond);

    /// <summary>A store on the same database, by another connection string and configured in another way.</summary>
    public PostgresStore OpenAs(string connectionString, Action<MailStoreOptions> configuration) => new(server, connectionString, isOwner: false, configuration);

    /// <summary>Ends the store and starts it again on the same database, as the next run of a program does.</summary>
    public async Task RestartAsync()
    {
        await provider.DisposeAsync();
        provider = Build();
    }

    public Task CreateDatabaseAsync(string options = "") => server.CreateAsync(ConnectionString, options);

    public static Stream Message(string body = "Hello.\r\n") => new MemoryStream(Encoding.ASCII.GetBytes($"From: bob@example.com\r\nSubject: Test\r\n\r\n{body}"));

    public async Task<T> ScalarAsync<T>(string sql) => (T)(await PostgresServer.ExecuteAsync(AdministratorString, sql, Token))!;

    public Task ExecuteAsync(string sql) => PostgresServer.ExecuteAsync(AdministratorString, sql, Token);

    /// <summary>As the store's own role, which owns what it makes.</summary>
    public Task ExecuteAsOwnerAsync(string sql) => PostgresServer.ExecuteAsync(ConnectionString, sql, Token);

    public async ValueTask DisposeAsync()
    {
        await provider.DisposeAsync();
        if (isOwner)
            await server.DropAsync(ConnectionString);
    }

    ServiceProvider Build() => new ServiceCollection()
        .AddSingleton<TimeProvider>(Clock)
        .AddLogging(logging => logging.AddProvider(Log))
        .AddMailStore(options =>
        {
            options.UsePostgres(ConnectionString);
            options.PasswordIterations = 4096;
            configure(options);
        })
        .BuildServiceProvider();
}
