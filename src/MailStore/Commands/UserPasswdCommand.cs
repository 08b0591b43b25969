using System.CommandLine;
using MailStore.Configuration;
using MailStore.Serving;

namespace MailStore.Commands;

/// <summary>Gives a user another password.</summary>
static class UserPasswdCommand
{
    /// <summary>Adds the command.</summary>
    public static void AddTo(Command parent, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        var name = UserCommand.NameArgument();
        var password = new PasswordSource(terminal);
        var command = new Command("passwd", "Gives a user another password. Connections that are open stay open.") { name, password.FromInput };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var username = parsed.GetRequiredValue(name);
            var configuration = ProgramConfiguration.Read(store.Read(parsed));
            var secret = await password.ReadAsync(parsed, cancellationToken);
            await using var opened = await OpenedStore.OpenAsync(configuration, cancellationToken);
            await opened.Users.SetPasswordAsync(username, secret, cancellationToken);
            await terminal.Output.WriteLineAsync($"Changed the password of {username}.");
            return ExitCode.Success;
        });
        parent.Subcommands.Add(command);
        examples[command] =
        [
            "mailstore user passwd ada                                 asks for the new password",
            "mailstore user passwd ada --password-stdin < password.txt",
        ];
    }
}
