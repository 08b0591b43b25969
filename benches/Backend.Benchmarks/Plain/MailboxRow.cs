namespace Backend.Benchmarks.Plain;

/// <summary>What the row of a mailbox says.</summary>
sealed record MailboxRow(int MailboxId, string Name, bool Selectable, long UidValidity, long UidNext, long HighestModSeq, long Messages, long Unseen, long Deleted, long Bytes, long RecentUid);
