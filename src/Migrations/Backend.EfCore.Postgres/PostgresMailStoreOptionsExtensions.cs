using Npgsql;

namespace Backend.EfCore.Postgres;

/// <summary>Puts the mail store on PostgreSQL.</summary>
public static class PostgresMailStoreOptionsExtensions
{
    /// <summary>
    /// Keeps the mail store in a database of PostgreSQL 14 or later. The database is made when it is missing and the user may make it. Any number
    /// of processes may use it at the same time; each commit is on disk when it returns, unless the server was told otherwise (synchronous_commit).
    /// </summary>
    /// <remarks>
    /// What the connection string leaves open is set to what suits the store: statements are prepared (Max Auto Prepare), and connections
    /// are pooled, 50 at most, and not reset in between, since the store leaves nothing behind on one.
    /// </remarks>
    /// <param name="options">The options of AddMailStore.</param>
    /// <param name="connectionString">A connection string of Npgsql, such as <c>Host=localhost;Database=mailstore;Username=mailstore;Password=...</c>.</param>
    /// <exception cref="ArgumentException">It is none, or names no host or no database.</exception>
    public static MailStoreOptions UsePostgres(this MailStoreOptions options, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(options);
        var complete = Complete(connectionString);
        options.UseDatabase(
            new PostgresDialect(),
            database => Configure(database, complete),
            chosen => new PostgresNotifications(string.IsNullOrWhiteSpace(chosen.UpdateConnection) ? complete : Complete(chosen.UpdateConnection)));
        return options;
    }

    static readonly LeaseInterceptor Leases = new();

    /// <summary>What the store's contexts on PostgreSQL are configured with.</summary>
    internal static void Configure(DbContextOptionsBuilder database, string connectionString) =>
        database
            .AddInterceptors(Leases)
            .UseNpgsql(connectionString, static postgres => postgres
                .MigrationsAssembly(typeof(PostgresDialect).Assembly)
                .SetPostgresVersion(PostgresDialect.OldestVersion));

    static string Complete(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (string.IsNullOrWhiteSpace(builder.Host))
            throw new ArgumentException("The connection string names no server: it must have a Host, such as \"Host=localhost;Database=mailstore\".", nameof(connectionString));
        if (string.IsNullOrWhiteSpace(builder.Database))
            throw new ArgumentException("The connection string names no database: it must have a Database, such as \"Host=localhost;Database=mailstore\".", nameof(connectionString));
        SetDefault(builder, "Max Auto Prepare", 200);
        SetDefault(builder, "Auto Prepare Min Usages", 2);
        SetDefault(builder, "Maximum Pool Size", 50);
        SetDefault(builder, "No Reset On Close", true);
        SetDefault(builder, "Enlist", false);
        SetDefault(builder, "Application Name", "mailstore");
        return builder.ConnectionString;
    }

    static void SetDefault(NpgsqlConnectionStringBuilder builder, string keyword, object value)
    {
        // Of every keyword that it knows the builder says that it contains it.
        if (!builder.ShouldSerialize(keyword))
            builder[keyword] = value;
    }
}
