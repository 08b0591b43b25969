using System.CommandLine;
using MailStore.Configuration;
using MailStore.Serving;

namespace MailStore.Commands;

/// <summary>Serves the store over IMAP until it is stopped. The command when none is named.</summary>
static class ServeCommand
{
    const string Name = "serve";
    const string On = "on";
    const string Off = "off";

    /// <summary>Adds the command, and what the program does without one.</summary>
    public static void AddTo(RootCommand root, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        var listen = ListenOption("An address to listen on");
        var searchIndex = new Option<string>("--search-index")
        {
            Description = "Whether searches for text are helped by an index, which takes about as much space as the text: on or off [default: on]",
            HelpName = "on|off",
        };
        searchIndex.AcceptOnlyFromAmong(On, Off);
        var command = new Command(Name, "Serves the store over IMAP (the default command). Makes the store where it is missing, and its first user where it has none.");
        foreach (var serving in new[] { root, command })
        {
            serving.Options.Add(listen);
            serving.Options.Add(searchIndex);
            serving.SetAction((parsed, cancellationToken) => RunAsync(parsed, store, listen, searchIndex, terminal, cancellationToken));
        }

        root.Subcommands.Add(command);
        examples[root] =
        [
            "mailstore                                        a store in ./data, IMAP on 127.0.0.1:1143",
            "mailstore user add ada                           asks for a password",
            "mailstore import ada old-mail.mbox.gz --mailbox Archive",
            "mailstore COMMAND --help                         more about a command",
        ];
        examples[command] =
        [
            "mailstore serve",
            "mailstore serve --listen 127.0.0.1:1143 --listen [::1]:1143",
            "mailstore serve --connection \"Data Source=/var/lib/mailstore/mail.db\" --listen *:143",
            "mailstore serve --provider postgres --connection \"Host=localhost;Database=mailstore;Username=mailstore\"",
        ];
    }

    /// <summary>The option that names addresses to listen on.</summary>
    public static Option<string[]> ListenOption(string what) => new("--listen")
    {
        Description = $"{what}: an IP address, an IPv6 address in brackets, localhost, or * for all; can be given several times. [default: {ServerSettings.DefaultListen}]",
        HelpName = "HOST:PORT",
    };

    /// <summary>What was given of the options, by configuration key.</summary>
    public static Dictionary<string, string?> Read(ParseResult parsed, StoreOptions store, Option<string[]> listen)
    {
        var options = store.Read(parsed);
        if (parsed.GetValue(listen) is { Length: > 0 } addresses)
            options[ServerSettings.ListenKey] = string.Join(',', addresses);
        return options;
    }

    /// <summary>Whether the command line asks to serve.</summary>
    public static bool IsServing(ParseResult parsed) => parsed.CommandResult.Command is RootCommand or { Name: Name };

    static async Task<int> RunAsync(ParseResult parsed, StoreOptions store, Option<string[]> listen, Option<string> searchIndex, Terminal terminal, CancellationToken cancellationToken)
    {
        var options = Read(parsed, store, listen);
        if (parsed.GetValue(searchIndex) is { } use)
            options[StoreSettings.SearchIndexKey] = use == On ? bool.TrueString : bool.FalseString;
        await ServeStore.RunAsync(ProgramConfiguration.Read(options), terminal, cancellationToken);
        return ExitCode.Success;
    }
}
