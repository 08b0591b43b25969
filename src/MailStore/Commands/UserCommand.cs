using System.CommandLine;

namespace MailStore.Commands;

/// <summary>Administers the users.</summary>
static class UserCommand
{
    /// <summary>Adds the command and those below it.</summary>
    public static void AddTo(RootCommand root, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        var command = new Command("user", "Adds, lists, limits, suspends and removes users.");
        UserAddCommand.AddTo(command, store, terminal, examples);
        UserListCommand.AddTo(command, store, terminal, examples);
        UserPasswdCommand.AddTo(command, store, terminal, examples);
        UserSuspendCommand.AddTo(command, store, terminal, examples);
        UserLimitCommand.AddTo(command, store, terminal, examples);
        UserAdminCommand.AddTo(command, store, terminal, examples);
        UserRemoveCommand.AddTo(command, store, terminal, examples);
        root.Subcommands.Add(command);
    }

    /// <summary>The argument that names the user.</summary>
    public static Argument<string> NameArgument() => new("NAME") { Description = "The name that the user signs in with." };
}
