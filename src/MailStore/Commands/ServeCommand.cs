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
        var listen = new ListenOptions("An address to listen on");
        var certificate = FileOption("--tls-certificate", "The file of the TLS certificate: PEM, with those between it and a root behind it, or PFX. It is read again when it changes");
        var key = FileOption("--tls-key", "The PEM file of the certificate's key [default: in the certificate's file]");
        var searchIndex = new Option<string>("--search-index")
        {
            Description = "Whether searches for text are helped by an index, which takes about as much space as the text: on or off [default: on]",
            HelpName = "on|off",
        };
        searchIndex.AcceptOnlyFromAmong(On, Off);
        var command = new Command(Name, "Serves the store over IMAP (the default command). Makes the store where it is missing, and its first user where it has none.");
        foreach (var serving in new[] { root, command })
        {
            listen.AddTo(serving);
            serving.Options.Add(certificate);
            serving.Options.Add(key);
            serving.Options.Add(searchIndex);
            serving.SetAction((parsed, cancellationToken) =>
            {
                var options = store.Read(parsed);
                listen.Read(parsed, options);
                if (parsed.GetValue(certificate) is { } file)
                    options[ServerSettings.CertificateKey] = file;
                if (parsed.GetValue(key) is { } keyFile)
                    options[ServerSettings.CertificateKeyKey] = keyFile;
                if (parsed.GetValue(searchIndex) is { } use)
                    options[StoreSettings.SearchIndexKey] = use == On ? bool.TrueString : bool.FalseString;
                return RunAsync(options, terminal, cancellationToken);
            });
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
            "mailstore serve --listen *:143 --listen-tls *:993 --tls-certificate cert.pem --tls-key key.pem",
            "mailstore serve --connection \"Data Source=/var/lib/mailstore/mail.db\"",
            "mailstore serve --provider postgres --connection \"Host=localhost;Database=mailstore;Username=mailstore\"",
        ];
    }

    /// <summary>Whether the command line asks to serve.</summary>
    public static bool IsServing(ParseResult parsed) => parsed.CommandResult.Command is RootCommand or { Name: Name };

    static Option<string?> FileOption(string name, string description) => new(name) { Description = description, HelpName = "FILE" };

    static async Task<int> RunAsync(Dictionary<string, string?> options, Terminal terminal, CancellationToken cancellationToken)
    {
        await ServeStore.RunAsync(ProgramConfiguration.Read(options), terminal, cancellationToken);
        return ExitCode.Success;
    }
}
