using Backend.EfCore.Messages;

namespace Backend.EfCore.Updates;

/// <summary>Updates that say less than those they stand for, but to all who should look.</summary>
static class Hints
{
    static readonly FlagSet Flags = FlagSet.Of(Flag.Settable);

    /// <summary>Everybody should look at everything.</summary>
    public static MailboxUpdate Everything() => new();

    /// <summary>A user should look at everything.</summary>
    public static MailboxUpdate EverythingOf(string username) => new() { Username = username };

    /// <summary>What of an update is left without the messages it is about: that its mailbox changed up to some point.</summary>
    public static Update WithoutMessages(Update update) => (update, update.Mailbox) switch
    {
        (MessageUpdate change, { } mailbox) => Changed(update.Username, mailbox, change.ModSeq),
        (ExpungeUpdate expunge, { } mailbox) => Changed(update.Username, mailbox, expunge.ModSeq),
        _ => update,
    };

    /// <summary>A mailbox's state as updates tell it: of the flags only which are always there.</summary>
    public static MailboxStatus Status(MailboxName name) => new() { Name = name, Flags = Flags, PermanentFlags = MailboxStatuses.PermanentFlags(Flags, readOnly: false) };

    static MailboxUpdate Changed(string? username, MailboxName mailbox, ModSeq modSeq) =>
        new() { Username = username, Mailbox = mailbox, Status = Status(mailbox) with { HighestModSeq = modSeq } };
}
