using Backend.EfCore;
using Backend.EfCore.Consistency;
using Backend.EfCore.Postgres;
using Backend.EfCore.Search;
using Backend.EfCore.Sqlite;
using Backend.EfCore.Tenancy;
using Microsoft.EntityFrameworkCore;
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

    /// <summary>
    /// Opens the store as its next start does, sweeps it, and asserts that its invariants hold, that it agrees with the ledger, and that searches find the
    /// same whether they go by the text index or not, however far that was filled.
    /// </summary>
    /// <returns>How many texts were in the index, and how many waited.</returns>
    public async Task<(long Indexed, long Waiting)> AssertIsWholeAsync(Ledger ledger)
    {
        await using var services = Open();
        Assert.Empty(await services.GetRequiredService<IMailStoreDatabase>().MigrateAsync(Token));
        var database = services.GetRequiredService<MailStoreDatabase>();
        await database.Sweep.SweepAsync(1, Token);
        Assert.Empty(await new Invariants(database).CheckAsync(Token));
        var user = await services.GetRequiredService<IUserDirectory>().OpenUserAsync(Username, Token);
        await ledger.AssertAgreesAsync(user);
        var waiting = await database.ReadAsync(Lease.ForUser(1), static (context, token) => context.Dialect.TextIndex.Waiting(context, 1).LongCountAsync(token), Token);
        var all = await database.ReadAsync(Lease.ForUser(1), static (context, token) => context.ContentTexts.LongCountAsync(token), Token);
        await AssertSearchesAgreeAsync(user);
        return (all - waiting, waiting);
    }

    async Task AssertSearchesAgreeAsync(IUser user)
    {
        await using var byIndex = Open(TextIndexUse.Always);
        await using var byLook = Open(TextIndexUse.Never);
        foreach (var info in await user.ListMailboxesAsync(false, Token))
        {
            if (!info.IsSelectable)
                continue;
            foreach (var key in new SearchKey[] { new SearchKey.Body("line 3 of 10"), new SearchKey.Text("run1"), new SearchKey.Header("Subject", "run2"), new SearchKey.Not(new SearchKey.Body("of 9000, and")) })
                Assert.Equal(await FindAsync(byLook, info.Name, key), await FindAsync(byIndex, info.Name, key));
        }
    }

    static async Task<List<Uid>> FindAsync(ServiceProvider services, MailboxName name, SearchKey key)
    {
        var mailbox = await (await services.GetRequiredService<IUserDirectory>().OpenUserAsync(Username, Token)).GetMailboxAsync(name, Token);
        return [.. (await mailbox.SearchMessagesAsync(new SearchCriteria(key), Token)).Enumerate()];
    }

    // It does not index: what is looked at is what the worker left.
    ServiceProvider Open(TextIndexUse use = TextIndexUse.WhereQuicker) => new ServiceCollection()
        .AddMailStore(options =>
        {
            _ = provider == "postgres" ? options.UsePostgres(connectionString) : options.UseSqlite(connectionString);
            (options.IndexInBackground, options.IndexUse) = (false, use);
        })
        .BuildServiceProvider();
}
