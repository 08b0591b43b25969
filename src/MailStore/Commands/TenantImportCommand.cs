using System.CommandLine;
using MailStore.Configuration;
using MailStore.Import;
using MailStore.Serving;
using MailStore.Tenants;

namespace MailStore.Commands;

/// <summary>Takes back a tenant that was exported.</summary>
static class TenantImportCommand
{
    /// <summary>Adds the command.</summary>
    public static void AddTo(Command parent, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        var folder = new Argument<string>("FOLDER") { Description = "What an export of a tenant wrote." };
        var resume = new Option<bool>("--resume") { Description = "The tenant may be there: go on with an import that was broken off. What is there already stays as it is." };
        var command = new Command("import", "Takes back a tenant that was exported: users with their passwords, mailboxes, subscriptions, and messages with flags and dates. Makes the store where it is missing. "
            + $"Ends with {ExitCode.PartlyRefused} when a message was refused.")
        {
            folder, resume,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (path, clock) = (parsed.GetRequiredValue(folder), TimeProvider.System);
            var started = clock.GetTimestamp();
            var manifest = await TenantManifest.ReadAsync(path, cancellationToken);
            var total = Math.Max(1, manifest.Users.Sum(static user => user.Mailboxes.Sum(static mailbox => mailbox.Messages)));
            await using var opened = await OpenedStore.OpenOrMakeAsync(ProgramConfiguration.Read(store.Read(parsed)), cancellationToken);
            var report = new ImportReport();
            var import = new ImportTenant(opened.Tenants, opened.Users, report);
            var display = new ProgressDisplay(terminal, clock, () => (report.Imported + report.AlreadyThere) / (double)total, () => $"{Amount.Of(report.Imported, "message", "messages")} imported");
            try
            {
                await display.RunAsync(() => import.RunAsync(path, manifest, parsed.GetValue(resume), cancellationToken));
            }
            finally
            {
                ImportSummary.Write(report, clock.GetElapsedTime(started), terminal);
            }

            await terminal.Output.WriteLineAsync($"The tenant {manifest.Name} has {Amount.Of(manifest.Users.Count, "user", "users")}.");
            return report.Refusals.Count > 0 ? ExitCode.PartlyRefused : ExitCode.Success;
        });
        parent.Subcommands.Add(command);
        examples[command] = ["mailstore tenant import backup/example", "mailstore tenant import backup/example --resume"];
    }
}
