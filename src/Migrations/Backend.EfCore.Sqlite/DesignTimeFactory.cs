using Microsoft.EntityFrameworkCore.Design;

namespace Backend.EfCore.Sqlite;

/// <summary>
/// The context for dotnet-ef. Name the file after two dashes: <c>dotnet ef database update -- "Data Source=mail.db"</c>; without one it
/// is <c>mailstore.db</c> in the current folder.
/// </summary>
sealed class DesignTimeFactory : IDesignTimeDbContextFactory<MailStoreContext>
{
    public MailStoreContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<MailStoreContext>();
        MailStoreServiceCollectionExtensions.ConfigureContext(
            builder,
            new SqliteDialect(),
            database => SqliteMailStoreOptionsExtensions.Configure(database, args is [var connectionString, ..] ? connectionString : "Data Source=mailstore.db"));
        return new MailStoreContext(builder.Options);
    }
}
