using System.CommandLine;
using MailStore.Configuration;

namespace MailStore.Commands;

/// <summary>The options of every command: where the store is.</summary>
sealed class StoreOptions
{
    readonly Option<string?> provider = new("--provider")
    {
        Description = $"The database system: {StoreSettings.Sqlite} or {StoreSettings.Postgres} [default: {StoreSettings.Sqlite}]",
        HelpName = $"{StoreSettings.Postgres}|{StoreSettings.Sqlite}",
        Recursive = true,
    };

    readonly Option<string?> connection = new("--connection")
    {
        Description = "The connection string, such as \"Data Source=mail.db\" or \"Host=localhost;Database=mailstore;Username=mailstore\" [default: Data Source=./data/mailstore.db]",
        HelpName = "STRING",
        Recursive = true,
    };

    /// <summary>Gives a command and all below it these options.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(provider);
        command.Options.Add(connection);
    }

    /// <summary>What was given of them, by configuration key.</summary>
    public Dictionary<string, string?> Read(ParseResult parseResult)
    {
        var given = new Dictionary<string, string?>();
        if (parseResult.GetValue(provider) is { } system)
            given[StoreSettings.ProviderKey] = system;
        if (parseResult.GetValue(connection) is { } text)
            given[StoreSettings.ConnectionKey] = text;
        return given;
    }
}
