using System.CommandLine;
using System.Globalization;
using MailStore.Configuration;
using MailStore.Export;
using MailStore.Serving;

namespace MailStore.Commands;

/// <summary>Exports mail to files.</summary>
static class ExportCommand
{
    const string Mbox = "mbox";
    const string Maildir = "maildir";

    /// <summary>Adds the command.</summary>
    public static void AddTo(RootCommand root, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        var user = new Argument<string>("USER") { Description = "Whose mailboxes to export." };
        var path = new Argument<string>("PATH") { Description = "Where to: must not be there yet, or be an empty folder. With one --mailbox the mbox or Maildir itself, else a folder." };
        var mailbox = new Option<string[]>("--mailbox") { Description = "A mailbox; can be given several times. [default: all]", HelpName = "NAME" };
        var format = new Option<string>("--format")
        {
            Description = "mbox: mboxrd files, without flags. maildir: a Maildir++ with flags, INBOX the Maildir itself. Both with LF line ends.",
            DefaultValueFactory = static _ => Mbox,
        }.AcceptOnlyFromAmong(Mbox, Maildir);
        var command = new Command("export", "Exports mailboxes to files. An import of them gives back the same octets.") { user, path, mailbox, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var names = (parsed.GetValue(mailbox) ?? []).Select(NameOf).Distinct().ToList();
            await using var opened = await OpenedStore.OpenAsync(ProgramConfiguration.Read(store.Read(parsed)), cancellationToken);
            var owner = await opened.Users.OpenUserAsync(parsed.GetRequiredValue(user), cancellationToken);
            await RunAsync(owner, WriterOf(parsed.GetRequiredValue(format)), names, parsed.GetRequiredValue(path), terminal, cancellationToken);
            return ExitCode.Success;
        });
        root.Subcommands.Add(command);
        examples[command] =
        [
            "mailstore export ada backup                               INBOX.mbox, Sent.mbox, ... in the folder backup",
            "mailstore export ada inbox.mbox --mailbox INBOX",
            "mailstore export ada ~/Maildir --format maildir",
        ];
    }

    static IMailboxWriter WriterOf(string format) => (format, OperatingSystem.IsWindows()) switch
    {
        (Mbox, _) => new MboxWriter(),
        (_, false) => new MaildirWriter(TimeProvider.System),
        _ => throw new UsageException($"The files of a Maildir have names with colons, which Windows does not allow: use --format {Mbox}."),
    };

    static MailboxName NameOf(string text) => MailboxName.TryParse(text, out var name, out var fault) ? name : throw new UsageException(fault);

    static async Task RunAsync(IUser owner, IMailboxWriter writer, List<MailboxName> names, string path, Terminal terminal, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        var report = new ExportReport();
        var export = new ExportMailboxes(owner, writer, report);
        var display = new ProgressDisplay(terminal, clock, () => report.Messages / (double)Math.Max(report.Expected, 1), () => $"{Amount.Of(report.Messages, "message", "messages")} exported");
        await display.RunAsync(() => names is [var only] ? export.RunAsync(only, path, cancellationToken) : export.RunAsync(names, path, cancellationToken));
        await terminal.Output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Exported {Amount.Of(report.Messages, "message", "messages")} ({Amount.OfOctets(report.Octets)}) of {Amount.Of(report.Mailboxes, "mailbox", "mailboxes")} to {path} in {clock.GetElapsedTime(started).TotalSeconds:0.0} s."));
    }
}
