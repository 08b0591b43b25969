using Backend.EfCore.Sharing;
using Backend.EfCore.Tenancy;

namespace Backend.EfCore.Messages;

/// <summary>Which mailbox a session has in hand, and what only this session knows of it. One operation at a time.</summary>
sealed class MailboxHandle(Lease lease, string username, int mailboxId, MailboxName name)
{
    readonly List<NumberRange> recent = [];

    /// <summary>For whom the session works.</summary>
    public Lease Lease => lease;

    public int UserId => lease.UserId;

    /// <summary>The login name of whose the mailbox is.</summary>
    public string Username => username;

    /// <summary>Finds others' mailboxes for the session; null where it sees none.</summary>
    public OthersMailboxes? Others { get; init; }

    /// <summary>Who has somebody else's mailbox in hand; null for own ones.</summary>
    public Guest? Guest => lease.Guest;

    /// <summary>The rights of this session as they were found last.</summary>
    public MailboxRights Rights => lease.Guest?.Rights ?? MailboxRights.All;

    public int MailboxId => mailboxId;

    /// <summary>The name when the handle was made.</summary>
    public MailboxName Name => name;

    /// <summary>Whether it was opened by EXAMINE.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>Whether it was opened by SELECT, so that what arrives becomes \Recent to it.</summary>
    public bool TakesRecent { get; set; }

    /// <summary>Up to where this session has been told: all messages below the UID as of the modification sequence.</summary>
    public (ModSeq ModSeq, Uid UidNext)? Told { get; set; }

    /// <summary>The UIDs that are \Recent to this session for good, ascending.</summary>
    public IReadOnlyList<NumberRange> Recent => recent;

    /// <summary>The highest of them, or 0.</summary>
    public long LastRecent => recent.Count > 0 ? recent[^1].Last : 0;

    /// <summary>Messages above all that are \Recent to this session become so too.</summary>
    public void AddRecent(long first, long last)
    {
        if (first > last)
            return;
        if (recent.Count > 0 && recent[^1].Last == first - 1)
            recent[^1] = recent[^1] with { Last = (uint)last };
        else
            recent.Add(new NumberRange((uint)first, (uint)last));
    }

    /// <summary>Whether a message is \Recent to this session: its own, or nobody's yet.</summary>
    /// <param name="uid">The message.</param>
    /// <param name="recentUid">The UID up to which \Recent has been given out.</param>
    public bool IsRecent(long uid, long recentUid) => uid > recentUid || IsMine(uid);

    /// <summary>Whether a message is \Recent to this session and to no other.</summary>
    public bool IsMine(long uid) => recent.Hold(uid);

    /// <summary>The lease for work that takes these rights.</summary>
    public Lease LeaseFor(MailboxRights rights) => lease.Needing(rights);

    /// <summary>The name by which the session knows a mailbox of the same user.</summary>
    public MailboxName Shown(MailboxName mailbox) => lease.Guest is null ? mailbox : OtherUsers.NameOf(username, mailbox);

    public void RequireWritable()
    {
        if (IsReadOnly)
            throw new BackendException(BackendError.ReadOnly, "The mailbox is open for reading only. Select it to change something.");
    }
}
