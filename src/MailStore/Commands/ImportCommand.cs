using System.CommandLine;
using System.Globalization;
using MailStore.Configuration;
using MailStore.Import;
using MailStore.Serving;

namespace MailStore.Commands;

/// <summary>Imports mail from files.</summary>
static class ImportCommand
{
    /// <summary>Adds the command.</summary>
    public static void AddTo(RootCommand root, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        var user = new Argument<string>("USER") { Description = "Whose mailboxes to import into." };
        var paths = new Argument<string[]>("PATH")
        {
            Description = "An mbox, an .eml file (either may be gzip-compressed), a Maildir with its sub-folders, or a folder to search for these.",
            Arity = ArgumentArity.OneOrMore,
        };
        var mailbox = new Option<string>("--mailbox")
        {
            Description = "The mailbox, made where it is missing. Sub-folders of a Maildir go below it, or beside INBOX.",
            HelpName = "NAME",
            DefaultValueFactory = static _ => MailboxName.Inbox.Value,
        };
        var again = new Option<bool>("--again") { Description = "Store also what the mailbox has already; else a second import of the same files adds nothing." };
        var command = new Command("import", "Imports mail into a user's mailbox and tells what was refused and why. Flags and dates are taken over; line ends become CRLF. "
            + $"Ends with {ExitCode.PartlyRefused} when something was refused.")
        {
            user, paths, mailbox, again,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!MailboxName.TryParse(parsed.GetRequiredValue(mailbox), out var name, out var fault))
                throw new UsageException(fault);
            await using var opened = await OpenedStore.OpenAsync(ProgramConfiguration.Read(store.Read(parsed)), cancellationToken);
            var owner = await opened.Users.OpenUserAsync(parsed.GetRequiredValue(user), cancellationToken);
            var report = new ImportReport();
            var import = new ImportMessages(owner, name, parsed.GetValue(again), report);
            return await RunAsync(import, parsed.GetRequiredValue(paths), report, terminal, cancellationToken);
        });
        root.Subcommands.Add(command);
        examples[command] =
        [
            "mailstore import ada samples/tour.mbox",
            "mailstore import ada 2019.mbox.gz 2020.mbox.gz --mailbox Archive/Old",
            "mailstore import ada ~/Maildir                            with flags and sub-folders",
        ];
    }

    static async Task<int> RunAsync(ImportMessages import, string[] paths, ImportReport report, Terminal terminal, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        var sources = await new MailSourceFinder(report).FindAsync(paths, cancellationToken);
        var total = Math.Max(1, sources.Sum(static source => source.Length));
        var display = new ProgressDisplay(terminal, clock, () => (double)report.OctetsRead / total, () => Describe(report, clock.GetElapsedTime(started)));
        try
        {
            await display.RunAsync(() => import.RunAsync(sources, cancellationToken));
        }
        finally
        {
            ImportSummary.Write(report, clock.GetElapsedTime(started), terminal);
        }

        return report.Refusals.Count > 0 ? ExitCode.PartlyRefused : ExitCode.Success;
    }

    static string Describe(ImportReport report, TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Amount.Of(report.Imported, "message", "messages")} imported, {report.AlreadyThere:N0} already there, {report.Imported / Math.Max(elapsed.TotalSeconds, 0.001):N0} messages/s");
}
