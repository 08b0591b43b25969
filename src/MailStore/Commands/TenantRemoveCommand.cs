using System.CommandLine;
using MailStore.Configuration;
using MailStore.Serving;
using Spectre.Console;

namespace MailStore.Commands;

/// <summary>Removes a tenant.</summary>
static class TenantRemoveCommand
{
    /// <summary>Adds the command.</summary>
    public static void AddTo(Command parent, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        var name = TenantCommand.NameArgument();
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var command = new Command("remove", "Removes a tenant with its domains, its users and all their mail, for good. Asks first. When it was broken off, it goes on where it was.") { name, yes };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var wanted = parsed.GetRequiredValue(name);
            var configuration = ProgramConfiguration.Read(store.Read(parsed));
            if (!parsed.GetValue(yes) && !terminal.IsInputTerminal)
                throw new UsageException($"There is no terminal to ask whether to remove {wanted} with all mail: say {yes.Name}.");
            await using var opened = await OpenedStore.OpenAsync(configuration, cancellationToken);
            var normalized = wanted.ToLowerInvariant();
            // Before the question: a name that is not there needs none.
            var tenant = await opened.Tenants.ListTenantsAsync(cancellationToken).FirstOrDefaultAsync(each => each.Name == normalized, cancellationToken)
                ?? throw new BackendException(BackendError.NoSuchTenant, $"There is no tenant {wanted}.");
            if (!parsed.GetValue(yes) && !await AskAsync(terminal, tenant, cancellationToken))
            {
                await terminal.Output.WriteLineAsync("Nothing was removed.");
                return ExitCode.Failure;
            }

            await opened.Tenants.RemoveTenantAsync(tenant.Name, cancellationToken);
            await terminal.Output.WriteLineAsync($"Removed the tenant {tenant.Name} with {Amount.Of(tenant.Users, "user", "users")} and {Amount.Of(tenant.Messages, "message", "messages")}.");
            return ExitCode.Success;
        });
        parent.Subcommands.Add(command);
        examples[command] = ["mailstore tenant remove example", "mailstore tenant remove example --yes"];
    }

    static Task<bool> AskAsync(Terminal terminal, TenantInfo tenant, CancellationToken cancellationToken) =>
        new ConfirmationPrompt($"Remove {Markup.Escape(tenant.Name)} with {Amount.Of(tenant.Users, "user", "users")} and {Amount.Of(tenant.Messages, "message", "messages")}, for good?") { DefaultValue = false }
            .ShowAsync(terminal.Console, cancellationToken);
}
