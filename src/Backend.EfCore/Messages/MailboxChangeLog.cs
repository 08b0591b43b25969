using Backend.EfCore.Entities;
using Backend.EfCore.Writing;

namespace Backend.EfCore.Messages;

/// <summary>Writes the log from which other sessions learn what a command changed.</summary>
static class MailboxChangeLog
{
    /// <summary>Records that flags changed, under the mailbox's latest modification sequence, and tells others after the commit.</summary>
    public static void FlagsChanged(WriteScope scope, MailboxHandle handle, MailboxEntity mailbox, UidSet uids)
    {
        Add(scope, mailbox, MailboxChangeKind.Flags, uids);
        scope.PublishAfterCommit(new MessageUpdate
        {
            Username = handle.Username,
            Mailbox = MailboxName.Parse(mailbox.Name),
            Uids = uids,
            ModSeq = new ModSeq(mailbox.HighestModSeq),
        });
    }

    /// <summary>Records that messages are gone, under the mailbox's latest modification sequence, and tells others after the commit.</summary>
    public static ExpungeData Expunged(WriteScope scope, MailboxHandle handle, MailboxEntity mailbox, UidSet uids)
    {
        Add(scope, mailbox, MailboxChangeKind.Expunged, uids);
        var modSeq = new ModSeq(mailbox.HighestModSeq);
        scope.PublishAfterCommit(new ExpungeUpdate
        {
            Username = handle.Username,
            Mailbox = MailboxName.Parse(mailbox.Name),
            Uids = uids,
            ModSeq = modSeq,
        });
        return new ExpungeData(modSeq, uids);
    }

    static void Add(WriteScope scope, MailboxEntity mailbox, MailboxChangeKind kind, UidSet uids) =>
        scope.Context.Add(new MailboxChangeEntity
        {
            UserId = mailbox.UserId,
            MailboxId = mailbox.MailboxId,
            ModSeq = mailbox.HighestModSeq,
            Kind = kind,
            Uids = uids.ToString(),
            ChangedAt = scope.Now.ToUnixTimeSeconds(),
        });
}
