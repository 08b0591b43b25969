using System.CommandLine;
using System.Globalization;
using MailStore.Configuration;
using MailStore.Export;
using MailStore.Serving;
using MailStore.Tenants;

namespace MailStore.Commands;

/// <summary>Exports a tenant whole.</summary>
static class TenantExportCommand
{
    /// <summary>Adds the command.</summary>
    public static void AddTo(Command parent, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        var name = TenantCommand.NameArgument();
        var folder = new Argument<string>("FOLDER") { Description = "Where to: must not be there yet, or be empty." };
        var command = new Command("export", $"Exports a tenant whole: a Maildir++ for each user, and a file {TenantManifest.FileName} with domains, users, what is stored of their passwords, subscriptions and mailboxes. An import of the folder gives it back. Keep it as secret as the mail itself.")
        {
            name, folder,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (OperatingSystem.IsWindows())
                throw new UsageException("The files of a Maildir have names with colons, which Windows does not allow.");
            var (path, clock) = (parsed.GetRequiredValue(folder), TimeProvider.System);
            var started = clock.GetTimestamp();
            await using var opened = await OpenedStore.OpenAsync(ProgramConfiguration.Read(store.Read(parsed)), cancellationToken);
            var report = new ExportReport();
            var export = new ExportTenant(opened.Tenants, opened.Users, clock, report);
            var display = new ProgressDisplay(terminal, clock, () => report.Messages / (double)Math.Max(report.Expected, 1), () => $"{Amount.Of(report.Messages, "message", "messages")} exported");
            TenantManifest? manifest = null;
            await display.RunAsync(async () => manifest = await export.RunAsync(parsed.GetRequiredValue(name), path, cancellationToken));
            await terminal.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"Exported the tenant {manifest!.Name} with {Amount.Of(manifest.Users.Count, "user", "users")}, {Amount.Of(report.Mailboxes, "mailbox", "mailboxes")} and {Amount.Of(report.Messages, "message", "messages")} ({Amount.OfOctets(report.Octets)}) to {path} in {clock.GetElapsedTime(started).TotalSeconds:0.0} s."));
            return ExitCode.Success;
        });
        parent.Subcommands.Add(command);
        examples[command] = ["mailstore tenant export example backup/example"];
    }
}
