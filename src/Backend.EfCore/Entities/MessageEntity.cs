namespace Backend.EfCore.Entities;

/// <summary>The membership of an immutable content in a mailbox: the narrow row that changes.</summary>
sealed class MessageEntity
{
    public int UserId { get; set; }

    public int MailboxId { get; set; }

    public long Uid { get; set; }

    public long ContentId { get; set; }

    /// <summary>System flags and the user's first keywords as bits: see <see cref="Messages.FlagBits"/>.</summary>
    public long Flags { get; set; }

    public long ModSeq { get; set; }

    /// <summary>Seconds since 1970 in UTC.</summary>
    public long InternalDate { get; set; }

    /// <summary>The offset from UTC that the internal date was given with, in minutes.</summary>
    public short InternalOffset { get; set; }

    /// <summary>When it came into this mailbox, in seconds since 1970 in UTC. RFC 8514.</summary>
    public long SaveDate { get; set; }

    /// <summary>RFC822.SIZE.</summary>
    public long Size { get; set; }
}
