using System.Data.Common;
using Microsoft.Extensions.Configuration;

namespace MailStore.Configuration;

/// <summary>Where the store is.</summary>
/// <param name="Connection">The connection string for SQLite.</param>
/// <param name="File">The database file; null when only SQLite knows which it is.</param>
/// <param name="Folder">The folder that is made for the file when it is missing; null when whoever named the file makes it.</param>
sealed record StoreSettings(string Connection, string? File, string? Folder)
{
    /// <summary>The section that holds everything of this program.</summary>
    public const string Section = "MailStore";

    /// <summary>The key of the database system.</summary>
    public const string ProviderKey = $"{Section}:Provider";

    /// <summary>The key of the connection string.</summary>
    public const string ConnectionKey = $"{Section}:Connection";

    /// <summary>The one database system that this build has.</summary>
    public const string Sqlite = "sqlite";

    const string DefaultFolder = "data";
    const string DefaultFile = "mailstore.db";

    static readonly string[] FileKeys = ["Data Source", "DataSource", "Filename"];

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="UsageException">They are wrong.</exception>
    public static StoreSettings Read(IConfiguration configuration)
    {
        CheckProvider(configuration[ProviderKey] ?? Sqlite);
        if (configuration[ConnectionKey] is { } connection)
            return Read(connection);
        var file = Path.Combine(".", DefaultFolder, DefaultFile);
        return new StoreSettings($"{FileKeys[0]}={file}", file, DefaultFolder);
    }

    /// <summary>That the connection string is wrong, and what would be right.</summary>
    public static UsageException Fault(string connection, string fault) =>
        new($"\"{connection}\" is no connection string for SQLite: {fault} Write \"{FileKeys[0]}=FILE\", such as \"{FileKeys[0]}=/var/lib/mailstore/mail.db\".");

    static void CheckProvider(string provider)
    {
        if (provider.StartsWith("postgres", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"This build has no PostgreSQL: use --provider {Sqlite}.");
        if (!provider.Equals(Sqlite, StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"There is no provider \"{provider}\": use --provider {Sqlite}.");
    }

    static StoreSettings Read(string connection)
    {
        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = connection;
        }
        catch (ArgumentException exception)
        {
            throw Fault(connection, exception.Message);
        }

        var file = FileKeys.Where(parts.ContainsKey).Select(key => parts[key] as string).FirstOrDefault();
        if (string.IsNullOrWhiteSpace(file))
            throw Fault(connection, "it names no file.");
        // SQLite reads file:mail.db?mode=ro as a URI.
        if (file.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            return new StoreSettings(connection, null, null);
        var folder = Path.GetDirectoryName(Path.GetFullPath(file));
        if (folder is not null && !Directory.Exists(folder))
            throw new UsageException($"There is no folder {folder} for the database: make it, or name another in the connection string.");
        return new StoreSettings(connection, file, null);
    }
}
