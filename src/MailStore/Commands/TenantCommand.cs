using System.CommandLine;
using MailStore.Configuration;
using MailStore.Serving;

namespace MailStore.Commands;

/// <summary>Administers the tenants.</summary>
static class TenantCommand
{
    /// <summary>Adds the command and those below it.</summary>
    public static void AddTo(RootCommand root, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        var command = new Command("tenant", "Adds, lists, suspends, exports and removes tenants: organisations that own mail domains and users, and see nothing of each other.");
        TenantAddCommand.AddTo(command, store, terminal, examples);
        TenantListCommand.AddTo(command, store, terminal, examples);
        TenantDomainCommand.AddTo(command, store, terminal, examples);
        TenantLimitCommand.AddTo(command, store, terminal, examples);
        AddChange(command, store, terminal, examples, "suspend", "Locks out all users of a tenant; who is signed in is thrown out within a second. Mail stays.", static (tenants, name, token) => tenants.SuspendTenantAsync(name, token), "Suspended");
        AddChange(command, store, terminal, examples, "resume", "Lets in again the users of a tenant that was suspended.", static (tenants, name, token) => tenants.ResumeTenantAsync(name, token), "Resumed");
        TenantRemoveCommand.AddTo(command, store, terminal, examples);
        TenantExportCommand.AddTo(command, store, terminal, examples);
        TenantImportCommand.AddTo(command, store, terminal, examples);
        root.Subcommands.Add(command);
    }

    /// <summary>The argument that names the tenant.</summary>
    public static Argument<string> NameArgument() => new("NAME") { Description = "The tenant's name." };

    static void AddChange(Command parent, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples, string verb, string description, Func<ITenantDirectory, string, CancellationToken, Task> act, string done)
    {
        var name = NameArgument();
        var command = new Command(verb, description) { name };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var tenant = parsed.GetRequiredValue(name);
            await using var opened = await OpenedStore.OpenAsync(ProgramConfiguration.Read(store.Read(parsed)), cancellationToken);
            await act(opened.Tenants, tenant, cancellationToken);
            await terminal.Output.WriteLineAsync($"{done} the tenant {tenant}.");
            return ExitCode.Success;
        });
        parent.Subcommands.Add(command);
        examples[command] = [$"mailstore tenant {verb} example"];
    }
}
