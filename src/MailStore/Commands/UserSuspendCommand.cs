using System.CommandLine;
using MailStore.Configuration;
using MailStore.Serving;

namespace MailStore.Commands;

/// <summary>Locks a user out, and lets the user in again.</summary>
static class UserSuspendCommand
{
    /// <summary>Adds both commands.</summary>
    public static void AddTo(Command parent, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        Add(parent, store, terminal, examples, "suspend", "Locks a user out; who is signed in is thrown out within a second. Mail stays.", static (users, name, token) => users.SuspendUserAsync(name, token), "Suspended");
        Add(parent, store, terminal, examples, "resume", "Lets a user in again who was suspended.", static (users, name, token) => users.ResumeUserAsync(name, token), "Resumed");
    }

    static void Add(Command parent, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples, string verb, string description, Func<IUserDirectory, string, CancellationToken, Task> act, string done)
    {
        var name = UserCommand.NameArgument();
        var command = new Command(verb, description) { name };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var username = parsed.GetRequiredValue(name);
            await using var opened = await OpenedStore.OpenAsync(ProgramConfiguration.Read(store.Read(parsed)), cancellationToken);
            await act(opened.Users, username, cancellationToken);
            await terminal.Output.WriteLineAsync($"{done} the user {username}.");
            return ExitCode.Success;
        });
        parent.Subcommands.Add(command);
        examples[command] = [$"mailstore user {verb} ada"];
    }
}
