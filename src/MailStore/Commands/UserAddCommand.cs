using System.CommandLine;
using MailStore.Configuration;
using MailStore.Serving;

namespace MailStore.Commands;

/// <summary>Adds a user.</summary>
static class UserAddCommand
{
    /// <summary>Adds the command.</summary>
    public static void AddTo(Command parent, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        var name = UserCommand.NameArgument();
        var password = new PasswordSource(terminal);
        var tenant = new Option<string>("--tenant") { Description = $"The tenant that the user belongs to. [default: the one that owns the domain of the name, or {ITenantDirectory.Default}]", HelpName = "TENANT" };
        var command = new Command("add", "Adds a user with an INBOX and mailboxes for drafts, sent mail, archive, junk and trash. Makes the store where it is missing.")
        {
            name,
            password.FromInput,
            tenant,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var username = parsed.GetRequiredValue(name);
            var configuration = ProgramConfiguration.Read(store.Read(parsed));
            var secret = await password.ReadAsync(parsed, cancellationToken);
            await using var opened = await OpenedStore.OpenOrMakeAsync(configuration, cancellationToken);
            await opened.Users.AddUserAsync(username, secret, parsed.GetValue(tenant), cancellationToken);
            await SpecialMailboxes.CreateAsync(await opened.Users.OpenUserAsync(username, cancellationToken), cancellationToken);
            await terminal.Output.WriteLineAsync($"Added the user {username}.");
            return ExitCode.Success;
        });
        parent.Subcommands.Add(command);
        examples[command] =
        [
            "mailstore user add ada                                    asks for a password",
            "mailstore user add ada --password-stdin < password.txt",
            "mailstore user add ada@example.org --tenant example",
        ];
    }
}
