using Backend.EfCore;
using Backend.EfCore.Consistency;
using Backend.EfCore.Postgres;
using Backend.EfCore.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Backend.Durability.Tests;

/// <summary>A store that workers work on, as this process sees it.</summary>
sealed class StoreUnderTest(string provider, string connectionString)
{
    public const string Username = "ada";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes the store and its user.</summary>
    public async Task MakeAsync()
    {
        await using var services = Open();
        await services.GetRequiredService<IMailStoreDatabase>().MigrateAsync(Token);
        await services.GetRequiredService<IUserDirectory>().AddUserAsync(Username, "secret", Token);
    }

    /// <summary>Starts a worker. Sessions of one number work on the same mailboxes, so no two run at once.</summary>
    public Worker Start(string run, int sessions, int firstSession = 0) => Worker.Start(provider, connectionString, Username, run, firstSession, sessions);

    /// <summary>Opens the store as its next start does, sweeps it, and asserts that its invariants hold and that it agrees with the ledger.</summary>
    public async Task AssertIsWholeAsync(Ledger ledger)
    {
        await using var services = Open();
        Assert.Empty(await services.GetRequiredService<IMailStoreDatabase>().MigrateAsync(Token));
        var database = services.GetRequiredService<MailStoreDatabase>();
        await database.Sweep.SweepAsync(1, Token);
        Assert.Empty(await new Invariants(database).CheckAsync(Token));
        await ledger.AssertAgreesAsync(await services.GetRequiredService<IUserDirectory>().OpenUserAsync(Username, Token));
    }

    ServiceProvider Open() => new ServiceCollection()
        .AddMailStore(options => _ = provider == "postgres" ? options.UsePostgres(connectionString) : options.UseSqlite(connectionString))
        .BuildServiceProvider();
}
