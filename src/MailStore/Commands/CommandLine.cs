using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using MailStore.Configuration;

namespace MailStore.Commands;

/// <summary>The program's commands, and how each way in which one can fail is told.</summary>
static class CommandLine
{
    /// <summary>Runs the program.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        var parsed = Create(terminal).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
            return Refuse(parsed, parsed.Errors.Select(static error => error.Message), terminal);
        if (UnknownOptions(parsed) is { Count: > 0 } unknown)
            return Refuse(parsed, unknown.Select(static option => $"There is no option '{option}'. Write -- before a name or path that begins with -."), terminal);

        var invocation = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            // The host of the server listens to signals itself, and takes the time it needs.
            ProcessTerminationTimeout = ServeCommand.IsServing(parsed) ? null : TimeSpan.FromSeconds(10),
        };
        try
        {
            return await parsed.InvokeAsync(invocation);
        }
        catch (UsageException exception)
        {
            terminal.WriteError(exception.Message);
            return ExitCode.Usage;
        }
        catch (Exception exception) when (exception is BackendException or IOException or UnauthorizedAccessException)
        {
            terminal.WriteError(exception.Message);
            return ExitCode.Failure;
        }
        catch (OperationCanceledException)
        {
            terminal.WriteError("Stopped.");
            return ExitCode.Interrupted;
        }
    }

    /// <summary>All commands.</summary>
    public static RootCommand Create(Terminal terminal)
    {
        var store = new StoreOptions();
        var examples = new Dictionary<Command, string[]>();
        var root = new RootCommand("A mail store that any IMAP client can use. Without a command it serves.");
        root.HelpName = "mailstore";
        store.AddTo(root);
        ServeCommand.AddTo(root, store, terminal, examples);
        UserCommand.AddTo(root, store, terminal, examples);
        TenantCommand.AddTo(root, store, terminal, examples);
        ImportCommand.AddTo(root, store, terminal, examples);
        ExportCommand.AddTo(root, store, terminal, examples);
        MigrateCommand.AddTo(root, store, terminal, examples);
        IndexCommand.AddTo(root, store, terminal, examples);
        HealthCheckCommand.AddTo(root, store, terminal, examples);
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new HelpWithExamples((HelpAction)help.Action!, examples);
        return root;
    }

    // A mistyped option would else be taken for one of the paths.
    static List<string> UnknownOptions(ParseResult parsed) =>
        [.. parsed.Tokens.TakeWhile(static token => token.Type != TokenType.DoubleDash)
            .Where(static token => token.Type == TokenType.Argument && token.Value is ['-', _, ..])
            .Select(static token => token.Value)];

    static int Refuse(ParseResult parsed, IEnumerable<string> errors, Terminal terminal)
    {
        foreach (var error in errors)
            terminal.WriteError(error);
        var path = new List<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Command: not RootCommand } command; at = at.Parent)
            path.Insert(0, command.Command.Name);
        terminal.WriteError($"See {string.Join(' ', ["mailstore", .. path, "--help"])}.");
        return ExitCode.Usage;
    }
}
