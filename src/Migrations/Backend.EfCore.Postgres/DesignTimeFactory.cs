using Microsoft.EntityFrameworkCore.Design;

namespace Backend.EfCore.Postgres;

/// <summary>
/// The context for dotnet-ef. Name the database after two dashes:
/// <c>dotnet ef database update -- "Host=localhost;Database=mailstore;Username=mailstore;Password=..."</c>; without one it is the database
/// <c>mailstore</c> on this machine.
/// </summary>
sealed class DesignTimeFactory : IDesignTimeDbContextFactory<MailStoreContext>
{
    public MailStoreContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<MailStoreContext>();
        MailStoreServiceCollectionExtensions.ConfigureContext(
            builder,
            new PostgresDialect(),
            database => PostgresMailStoreOptionsExtensions.Configure(database, args is [var connectionString, ..] ? connectionString : "Host=localhost;Database=mailstore"));
        return new MailStoreContext(builder.Options);
    }
}
