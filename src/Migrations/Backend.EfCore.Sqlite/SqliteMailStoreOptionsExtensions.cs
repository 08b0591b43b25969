using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Backend.EfCore.Sqlite;

/// <summary>Puts the mail store on SQLite.</summary>
public static class SqliteMailStoreOptionsExtensions
{
    /// <summary>
    /// Keeps the mail store in a SQLite file, which is made when it is missing (its folder is not). Several processes may use the file
    /// at the same time; each commit is on disk when it returns (WAL, synchronous=FULL).
    /// </summary>
    /// <param name="options">The options of AddMailStore.</param>
    /// <param name="connectionString">A connection string of Microsoft.Data.Sqlite, such as <c>Data Source=mail.db</c>.</param>
    /// <exception cref="ArgumentException">It names no file, a database in memory, or a file by a URI.</exception>
    public static MailStoreOptions UseSqlite(this MailStoreOptions options, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = new SqliteConnectionStringBuilder(connectionString);
        if (builder.DataSource.Length == 0)
            throw new ArgumentException("The connection string names no file: it must have a Data Source, such as \"Data Source=mail.db\".", nameof(connectionString));
        if (builder.DataSource == ":memory:" || builder.Mode == SqliteOpenMode.Memory)
            throw new ArgumentException("The mail store needs a file: a SQLite database in memory is gone with its first connection.", nameof(connectionString));
        if (builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException("The Data Source must be the path of a file, not a file: URI.", nameof(connectionString));
        options.UseDatabase(new SqliteDialect(), database => Configure(database, builder.ConnectionString));
        return options;
    }

    /// <summary>What the store's contexts on SQLite are configured with.</summary>
    internal static void Configure(DbContextOptionsBuilder database, string connectionString) =>
        database
            .UseSqlite(connectionString, sqlite => sqlite.MigrationsAssembly(typeof(SqliteDialect).Assembly))
            .AddInterceptors(new SqliteConnectionInterceptor())
            .ReplaceService<IMigrationsSqlGenerator, NarrowTableSqlGenerator>();
}
