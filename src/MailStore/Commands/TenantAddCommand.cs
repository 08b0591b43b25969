using System.CommandLine;
using MailStore.Configuration;
using MailStore.Serving;

namespace MailStore.Commands;

/// <summary>Adds a tenant.</summary>
static class TenantAddCommand
{
    /// <summary>Adds the command.</summary>
    public static void AddTo(Command parent, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        var name = TenantCommand.NameArgument();
        var domain = new Option<string[]>("--domain") { Description = "A mail domain that it owns; can be given several times.", HelpName = "DOMAIN" };
        var limit = new Option<int?>("--max-users") { Description = "How many users it may have. [default: any number]", HelpName = "N" };
        var command = new Command("add", "Adds a tenant. Users whose names are of its domains belong to it, those that are there too unless another tenant was named for them. Makes the store where it is missing.")
        {
            name, domain, limit,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(limit) < 0)
                throw new UsageException($"{limit.Name} is 0 or more.");
            var tenant = parsed.GetRequiredValue(name);
            await using var opened = await OpenedStore.OpenOrMakeAsync(ProgramConfiguration.Read(store.Read(parsed)), cancellationToken);
            await opened.Tenants.AddTenantAsync(tenant, parsed.GetValue(domain) ?? [], parsed.GetValue(limit), cancellationToken);
            await terminal.Output.WriteLineAsync($"Added the tenant {tenant.ToLowerInvariant()}.");
            return ExitCode.Success;
        });
        parent.Subcommands.Add(command);
        examples[command] = ["mailstore tenant add example --domain example.org --domain example.com", "mailstore tenant add small --max-users 5"];
    }
}
