using System.CommandLine;
using System.Globalization;
using MailStore.Configuration;
using MailStore.Serving;
using Spectre.Console;

namespace MailStore.Commands;

/// <summary>Lists the tenants.</summary>
static class TenantListCommand
{
    /// <summary>Adds the command.</summary>
    public static void AddTo(Command parent, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        var command = new Command("list", "Lists the tenants with what they have. Not on a terminal it writes a line for each, with tabs between name, state, users, the most users, messages, octets and domains.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var opened = await OpenedStore.OpenAsync(ProgramConfiguration.Read(store.Read(parsed)), cancellationToken);
            var tenants = opened.Tenants.ListTenantsAsync(cancellationToken);
            if (terminal.IsOutputTerminal)
                await WriteTableAsync(tenants, terminal.Console);
            else
                await foreach (var tenant in tenants)
                    await terminal.Output.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{tenant.Name}\t{AccountStates.Describe(tenant.State)}\t{tenant.Users}\t{tenant.MaxUsers}\t{tenant.Messages}\t{tenant.Size}\t{string.Join(' ', tenant.Domains)}"));
            return ExitCode.Success;
        });
        parent.Subcommands.Add(command);
        examples[command] = ["mailstore tenant list"];
    }

    static async Task WriteTableAsync(IAsyncEnumerable<TenantInfo> tenants, IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("Tenant");
        table.AddColumn("State");
        foreach (var number in new[] { "Users", "At most", "Messages", "Size" })
            table.AddColumn(new TableColumn(number).RightAligned());
        table.AddColumn("Domains");
        await foreach (var tenant in tenants)
            table.AddRow(
                new Text(tenant.Name),
                new Text(AccountStates.Describe(tenant.State)),
                new Text(tenant.Users.ToString("N0", CultureInfo.InvariantCulture)),
                new Text(tenant.MaxUsers?.ToString("N0", CultureInfo.InvariantCulture) ?? ""),
                new Text(tenant.Messages.ToString("N0", CultureInfo.InvariantCulture)),
                new Text(Amount.OfOctets(tenant.Size)),
                new Text(string.Join(", ", tenant.Domains)));
        console.Write(table);
    }
}
