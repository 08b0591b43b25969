using System.CommandLine;
using MailStore.Configuration;
using MailStore.Serving;

namespace MailStore.Commands;

/// <summary>Makes a user an administrator of the tenant's quotas, and takes that back.</summary>
static class UserAdminCommand
{
    /// <summary>Adds the command.</summary>
    public static void AddTo(Command parent, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        var name = UserCommand.NameArgument();
        var revoke = new Option<bool>("--revoke") { Description = "Makes the user an ordinary one again." };
        var command = new Command("admin", "Lets a user set the quotas of the users of the same tenant, over IMAP.") { name, revoke };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (username, isAdministrator) = (parsed.GetRequiredValue(name), !parsed.GetValue(revoke));
            await using var opened = await OpenedStore.OpenAsync(ProgramConfiguration.Read(store.Read(parsed)), cancellationToken);
            await opened.Users.SetAdministratorAsync(username, isAdministrator, cancellationToken);
            await terminal.Output.WriteLineAsync($"The user {username} is {(isAdministrator ? "an administrator" : "no administrator")}.");
            return ExitCode.Success;
        });
        parent.Subcommands.Add(command);
        examples[command] = ["mailstore user admin ada", "mailstore user admin ada --revoke"];
    }
}
