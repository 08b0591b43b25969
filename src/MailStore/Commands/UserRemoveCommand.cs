using System.CommandLine;
using MailStore.Configuration;
using MailStore.Serving;
using Spectre.Console;

namespace MailStore.Commands;

/// <summary>Removes a user.</summary>
static class UserRemoveCommand
{
    /// <summary>Adds the command.</summary>
    public static void AddTo(Command parent, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        var name = UserCommand.NameArgument();
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var command = new Command("remove", "Removes a user with all mailboxes and messages, for good. Asks first.") { name, yes };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var username = parsed.GetRequiredValue(name);
            var configuration = ProgramConfiguration.Read(store.Read(parsed));
            if (!parsed.GetValue(yes) && !terminal.IsInputTerminal)
                throw new UsageException($"There is no terminal to ask whether to remove {username} with all mail: say {yes.Name}.");
            await using var opened = await OpenedStore.OpenAsync(configuration, cancellationToken);
            // Before the question: a name that is not there needs none.
            var user = await opened.Users.OpenUserAsync(username, cancellationToken);
            if (!parsed.GetValue(yes) && !await AskAsync(terminal, user.Username, cancellationToken))
            {
                await terminal.Output.WriteLineAsync("Nothing was removed.");
                return ExitCode.Failure;
            }

            await opened.Users.RemoveUserAsync(username, cancellationToken);
            await terminal.Output.WriteLineAsync($"Removed the user {user.Username}.");
            return ExitCode.Success;
        });
        parent.Subcommands.Add(command);
        examples[command] = ["mailstore user remove ada", "mailstore user remove ada --yes"];
    }

    static Task<bool> AskAsync(Terminal terminal, string username, CancellationToken cancellationToken) =>
        new ConfirmationPrompt($"Remove {Markup.Escape(username)} with all mailboxes and messages, for good?") { DefaultValue = false }
            .ShowAsync(terminal.Console, cancellationToken);
}
