using System.CommandLine;
using System.Globalization;
using MailStore.Configuration;
using MailStore.Serving;

namespace MailStore.Commands;

/// <summary>Says how many users a tenant may have.</summary>
static class TenantLimitCommand
{
    const string None = "none";

    /// <summary>Adds the command.</summary>
    public static void AddTo(Command parent, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        var name = TenantCommand.NameArgument();
        var users = new Argument<string>("USERS") { Description = $"The most users that it may have, or {None}. Those that are there stay." };
        var command = new Command("limit", "Says how many users a tenant may have.") { name, users };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var text = parsed.GetRequiredValue(users);
            int? limit = text == None ? null
                : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
                : throw new UsageException($"\"{text}\" is no number of users: say one, or {None}.");
            var tenant = parsed.GetRequiredValue(name);
            await using var opened = await OpenedStore.OpenAsync(ProgramConfiguration.Read(store.Read(parsed)), cancellationToken);
            await opened.Tenants.SetMaxUsersAsync(tenant, limit, cancellationToken);
            await terminal.Output.WriteLineAsync(limit is null ? $"The tenant {tenant} may have any number of users." : $"The tenant {tenant} may have {Amount.Of(limit.Value, "user", "users")}.");
            return ExitCode.Success;
        });
        parent.Subcommands.Add(command);
        examples[command] = ["mailstore tenant limit example 50", $"mailstore tenant limit example {None}"];
    }
}
