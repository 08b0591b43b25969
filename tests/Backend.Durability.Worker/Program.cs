using System.Globalization;
using Backend.Durability.Worker;
using Backend.EfCore;
using Backend.EfCore.Postgres;
using Backend.EfCore.Sqlite;
using Microsoft.Extensions.DependencyInjection;

// Works on a store until its input ends, and says what it does and what was done: made to be killed.
// Arguments: the database system, the connection string, the user, the name of this run, the number of the first session, and how many.
var (provider, connection, username, run) = (args[0], args[1], args[2], args[3]);
var (first, count) = (int.Parse(args[4], CultureInfo.InvariantCulture), int.Parse(args[5], CultureInfo.InvariantCulture));
await using var services = new ServiceCollection()
    .AddMailStore(options => _ = provider == "postgres" ? options.UsePostgres(connection) : options.UseSqlite(connection))
    .BuildServiceProvider();
await services.GetRequiredService<IMailStoreDatabase>().MigrateAsync(CancellationToken.None);
using var end = new CancellationTokenSource();
var work = Enumerable.Range(first, count).Select(i => Task.Run(async () =>
{
    var session = new WorkingSession(services.GetRequiredService<IUserDirectory>(), username, run, i);
    while (!end.IsCancellationRequested)
        await session.StepAsync();
})).ToArray();
await Console.In.ReadToEndAsync();
await end.CancelAsync();
await Task.WhenAll(work);
