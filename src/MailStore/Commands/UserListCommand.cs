using System.CommandLine;
using System.Globalization;
using MailStore.Configuration;
using MailStore.Serving;
using Spectre.Console;

namespace MailStore.Commands;

/// <summary>Lists the users.</summary>
static class UserListCommand
{
    /// <summary>Adds the command.</summary>
    public static void AddTo(Command parent, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        var tenant = new Option<string>("--tenant") { Description = "Only the users of this tenant.", HelpName = "TENANT" };
        var command = new Command("list", "Lists the users with what they have. Not on a terminal it writes a line for each, with tabs between name, mailboxes, messages, octets, the time it was added, tenant and state.")
        {
            tenant,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var opened = await OpenedStore.OpenAsync(ProgramConfiguration.Read(store.Read(parsed)), cancellationToken);
            var users = parsed.GetValue(tenant) is { } only ? opened.Users.ListUsersAsync(only, cancellationToken) : opened.Users.ListUsersAsync(cancellationToken);
            if (terminal.IsOutputTerminal)
                await WriteTableAsync(users, terminal.Console);
            else
                await foreach (var user in users)
                    await terminal.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{user.Username}\t{user.Mailboxes}\t{user.Messages}\t{user.Size}\t{user.Created.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}\t{user.Tenant}\t{AccountStates.Describe(user.State)}"));
            return ExitCode.Success;
        });
        parent.Subcommands.Add(command);
        examples[command] = ["mailstore user list", "mailstore user list | cut -f 1                the names only"];
    }

    static async Task WriteTableAsync(IAsyncEnumerable<UserInfo> users, IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("User");
        table.AddColumn("Tenant");
        table.AddColumn("State");
        foreach (var number in new[] { "Mailboxes", "Messages", "Size" })
            table.AddColumn(new TableColumn(number).RightAligned());
        table.AddColumn("Added");
        await foreach (var user in users)
            table.AddRow(
                new Text(user.Username),
                new Text(user.Tenant),
                new Text(AccountStates.Describe(user.State)),
                new Text(user.Mailboxes.ToString("N0", CultureInfo.InvariantCulture)),
                new Text(user.Messages.ToString("N0", CultureInfo.InvariantCulture)),
                new Text(Amount.OfOctets(user.Size)),
                new Text(user.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)));
        console.Write(table);
    }
}
