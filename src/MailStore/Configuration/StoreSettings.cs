using System.Data.Common;
using Microsoft.Extensions.Configuration;

namespace MailStore.Configuration;

/// <summary>Where the store is.</summary>
/// <param name="Provider">The database system: <see cref="Sqlite"/> or <see cref="Postgres"/>.</param>
/// <param name="Connection">The connection string for it.</param>
/// <param name="Place">What to call the place: a text without secrets.</param>
/// <param name="Folder">The folder that is made for the file when it is missing; null when whoever named the place makes it.</param>
sealed record StoreSettings(string Provider, string Connection, string Place, string? Folder)
{
    /// <summary>The section that holds everything of this program.</summary>
    public const string Section = "MailStore";

    /// <summary>The key of the database system.</summary>
    public const string ProviderKey = $"{Section}:Provider";

    /// <summary>The key of the connection string.</summary>
    public const string ConnectionKey = $"{Section}:Connection";

    /// <summary>The key of whether searches for text are helped by an index.</summary>
    public const string SearchIndexKey = $"{Section}:Store:{nameof(Backend.EfCore.MailStoreOptions.SearchIndex)}";

    /// <summary>A file on this machine.</summary>
    public const string Sqlite = "sqlite";

    /// <summary>A server.</summary>
    public const string Postgres = "postgres";

    const string DefaultFolder = "data";
    const string DefaultFile = "mailstore.db";
    const string HostKey = "Host";
    const string DatabaseKey = "Database";
    const string Example = $"\"{HostKey}=localhost;{DatabaseKey}=mailstore;Username=mailstore\"";

    static readonly string[] FileKeys = ["Data Source", "DataSource", "Filename"];

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="UsageException">They are wrong.</exception>
    public static StoreSettings Read(IConfiguration configuration)
    {
        var (provider, connection) = (configuration[ProviderKey] ?? Sqlite, configuration[ConnectionKey]);
        if (provider.Equals(Postgres, StringComparison.OrdinalIgnoreCase) || provider.Equals("postgresql", StringComparison.OrdinalIgnoreCase))
            return ReadPostgres(connection ?? throw new UsageException($"PostgreSQL needs a connection string: say --connection {Example}."));
        if (!provider.Equals(Sqlite, StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"There is no provider \"{provider}\": use --provider {Sqlite} or --provider {Postgres}.");
        if (connection is not null)
            return ReadSqlite(connection);
        var file = Path.Combine(".", DefaultFolder, DefaultFile);
        return new StoreSettings(Sqlite, $"{FileKeys[0]}={file}", file, DefaultFolder);
    }

    /// <summary>That the connection string is wrong, and what would be right. One for PostgreSQL, which may have a password in it, is not repeated.</summary>
    public UsageException Fault(string fault) => Fault(Provider, Connection, fault);

    static UsageException Fault(string provider, string connection, string fault) => provider == Postgres
        ? new($"The connection string is none for PostgreSQL: {fault} Write such as {Example}.")
        : new($"\"{connection}\" is no connection string for SQLite: {fault} Write \"{FileKeys[0]}=FILE\", such as \"{FileKeys[0]}=/var/lib/mailstore/mail.db\".");

    static StoreSettings ReadPostgres(string connection)
    {
        var parts = Parse(Postgres, connection);
        var place = parts.TryGetValue(DatabaseKey, out var database) && parts.TryGetValue(HostKey, out var host) ? $"the database \"{database}\" on {host}" : "the database of the connection string";
        return new StoreSettings(Postgres, connection, place, null);
    }

    static StoreSettings ReadSqlite(string connection)
    {
        var parts = Parse(Sqlite, connection);
        var file = FileKeys.Where(parts.ContainsKey).Select(key => parts[key] as string).FirstOrDefault();
        if (string.IsNullOrWhiteSpace(file))
            throw parts.ContainsKey(HostKey)
                ? new UsageException($"The connection string names a host: say --provider {Postgres} too.")
                : Fault(Sqlite, connection, "it names no file.");
        // SQLite reads file:mail.db?mode=ro as a URI.
        if (file.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            return new StoreSettings(Sqlite, connection, file, null);
        var folder = Path.GetDirectoryName(Path.GetFullPath(file));
        if (folder is not null && !Directory.Exists(folder))
            throw new UsageException($"There is no folder {folder} for the database: make it, or name another in the connection string.");
        return new StoreSettings(Sqlite, connection, file, null);
    }

    static DbConnectionStringBuilder Parse(string provider, string connection)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = connection };
        }
        catch (ArgumentException exception)
        {
            throw Fault(provider, connection, exception.Message);
        }
    }
}
