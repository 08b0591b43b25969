using Backend.EfCore.Updates;

namespace Backend.Postgres.Tests.Updates;

/// <summary>Updates to test with, and what they say in few words.</summary>
static class Some
{
    public static MailboxUpdate State(string user, string mailbox, long modSeq) => new()
    {
        Username = user,
        Mailbox = MailboxName.Parse(mailbox),
        Status = Hints.Status(MailboxName.Parse(mailbox)) with { Messages = 3, UidNext = Uid.MaxValue, UidValidity = new UidValidity(5), Unseen = 0, HighestModSeq = new ModSeq(modSeq) },
    };

    public static MessageUpdate Flags(string user, string mailbox, long modSeq, string uids) =>
        new() { Username = user, Mailbox = MailboxName.Parse(mailbox), ModSeq = new ModSeq(modSeq), Uids = UidSet.Parse(uids) };

    public static ExpungeUpdate Expunged(string user, string mailbox, long modSeq, string uids) =>
        new() { Username = user, Mailbox = MailboxName.Parse(mailbox), ModSeq = new ModSeq(modSeq), Uids = UidSet.Parse(uids) };

    public static ModSeq ModSeqOf(Update update) => update switch
    {
        MailboxUpdate { Status.HighestModSeq: { } modSeq } => modSeq,
        MessageUpdate message => message.ModSeq,
        ExpungeUpdate expunge => expunge.ModSeq,
        _ => ModSeq.Zero,
    };

    public static string Describe(Update update) => update switch
    {
        MailboxUpdate { Username: null } => "*",
        MailboxUpdate { Mailbox: null } => $"U {update.Username}",
        MailboxUpdate { Status: null } => $"D {update.Username} {update.Mailbox}",
        MailboxUpdate => $"M {update.Username} {update.Mailbox} {ModSeqOf(update)}",
        MessageUpdate message => $"F {update.Username} {update.Mailbox} {message.ModSeq} {message.Uids}",
        ExpungeUpdate expunge => $"X {update.Username} {update.Mailbox} {expunge.ModSeq} {expunge.Uids}",
        _ => update.GetType().Name,
    };
}
