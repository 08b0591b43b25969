using System.CommandLine;
using MailStore.Configuration;
using MailStore.Serving;

namespace MailStore.Commands;

/// <summary>Gives domains to tenants and takes them away.</summary>
static class TenantDomainCommand
{
    /// <summary>Adds the command and those below it.</summary>
    public static void AddTo(Command parent, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        var command = new Command("domain", "Gives domains to tenants and takes them away.");
        Add(command, store, terminal, examples, "add", "Gives a tenant a mail domain, and those users of this domain for whom no tenant was named.", static (tenants, name, domain, token) => tenants.AddDomainAsync(name, domain, token), "is now the tenant");
        Add(command, store, terminal, examples, "remove", "Takes a mail domain from a tenant. Its users stay the tenant's.", static (tenants, name, domain, token) => tenants.RemoveDomainAsync(name, domain, token), "is no longer the tenant");
        parent.Subcommands.Add(command);
    }

    static void Add(Command parent, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples, string verb, string description, Func<ITenantDirectory, string, string, CancellationToken, Task> act, string done)
    {
        var name = TenantCommand.NameArgument();
        var domain = new Argument<string>("DOMAIN") { Description = "The domain, such as example.org." };
        var command = new Command(verb, description) { name, domain };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var opened = await OpenedStore.OpenAsync(ProgramConfiguration.Read(store.Read(parsed)), cancellationToken);
            await act(opened.Tenants, parsed.GetRequiredValue(name), parsed.GetRequiredValue(domain), cancellationToken);
            await terminal.Output.WriteLineAsync($"{parsed.GetRequiredValue(domain)} {done} {parsed.GetRequiredValue(name)}'s.");
            return ExitCode.Success;
        });
        parent.Subcommands.Add(command);
        examples[command] = [$"mailstore tenant domain {verb} example example.org"];
    }
}
