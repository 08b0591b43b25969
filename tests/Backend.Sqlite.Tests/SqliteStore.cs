using System.Text;
using Backend.EfCore;
using Backend.EfCore.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Backend.Sqlite.Tests;

/// <summary>A mail store in a folder of its own that vanishes with it.</summary>
sealed class SqliteStore : IAsyncDisposable
{
    readonly DirectoryInfo? folder;
    readonly Action<MailStoreOptions> configure;
    ServiceProvider provider;

    public SqliteStore(Action<MailStoreOptions>? configure = null)
    {
        this.configure = configure ?? (static _ => { });
        folder = Directory.CreateTempSubdirectory("mailstore-");
        File = Path.Combine(folder.FullName, "mail.db");
        provider = Build();
    }

    SqliteStore(string file, FakeTimeProvider clock)
    {
        configure = static _ => { };
        (File, Clock) = (file, clock);
        provider = Build();
    }

    /// <summary>The database file; nothing makes it before <see cref="IMailStoreDatabase.MigrateAsync"/>.</summary>
    public string File { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));

    public IMailStoreDatabase Database => provider.GetRequiredService<IMailStoreDatabase>();

    public MailStoreDatabase Internals => provider.GetRequiredService<MailStoreDatabase>();

    public IUserDirectory Users => provider.GetRequiredService<IUserDirectory>();

    public ITenantDirectory Tenants => provider.GetRequiredService<ITenantDirectory>();

    public IBackend Backend => provider.GetRequiredService<IBackend>();

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A store that is ready, with one user.</summary>
    public static async Task<(SqliteStore Store, IUser User)> StartAsync(Action<MailStoreOptions>? configure = null)
    {
        var store = new SqliteStore(configure);
        await store.Database.MigrateAsync(Token);
        await store.Users.AddUserAsync("alice", "secret", Token);
        return (store, await store.Users.OpenUserAsync("alice", Token));
    }

    /// <summary>A store on the same file as another, which lives longer: as a second program has it.</summary>
    public static SqliteStore OpenSecond(string file, FakeTimeProvider clock) => new(file, clock);

    /// <summary>A context as the pool gives it out.</summary>
    public MailStoreContext CreateContext() => provider.GetRequiredService<IDbContextFactory<MailStoreContext>>().CreateDbContext();

    /// <summary>Ends the store and starts it again on the same file, as the next run of a program does.</summary>
    public async Task RestartAsync()
    {
        await provider.DisposeAsync();
        provider = Build();
    }

    public static Stream Message(string body = "Hello.\r\n") => new MemoryStream(Encoding.ASCII.GetBytes($"From: bob@example.com\r\nSubject: Test\r\n\r\n{body}"));

    public async Task<long> ScalarAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={File}");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={File}");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await provider.DisposeAsync();
        if (folder is null)
            return;
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    ServiceProvider Build() => new ServiceCollection()
        .AddSingleton<TimeProvider>(Clock)
        .AddMailStore(options =>
        {
            options.UseSqlite($"Data Source={File}");
            options.PasswordIterations = 4096;
            configure(options);
        })
        .BuildServiceProvider();
}
