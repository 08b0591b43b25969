namespace Backend.EfCore.Messages;

/// <summary>How flags lie in <see cref="Entities.MessageEntity.Flags"/>. Part of the schema: never change a number.</summary>
static class FlagBits
{
    public const long Answered = 1 << 0;
    public const long Flagged = 1 << 1;
    public const long Deleted = 1 << 2;
    public const long Seen = 1 << 3;
    public const long Draft = 1 << 4;

    /// <summary>The bit of the user's first keyword; the others follow.</summary>
    public const int FirstKeyword = 5;

    /// <summary>How many keywords have a bit.</summary>
    public const int KeywordBits = 57;

    /// <summary>The message has keywords without a bit, in <see cref="Entities.MessageKeywordEntity"/>.</summary>
    public const long MoreKeywords = 1L << 62;

    public static ImmutableArray<(Flag Flag, long Bit)> System { get; } =
    [
        (Flag.Answered, Answered),
        (Flag.Flagged, Flagged),
        (Flag.Deleted, Deleted),
        (Flag.Seen, Seen),
        (Flag.Draft, Draft),
    ];

    /// <summary>The bit of a keyword that has one.</summary>
    public static long OfKeyword(int keywordId) => 1L << (FirstKeyword + keywordId);

    /// <summary>The bits of the flags that may be changed with these rights. RFC 4314 §4.</summary>
    public static long Allowed(MailboxRights rights) =>
        (rights.HasFlag(MailboxRights.KeepSeen) ? Seen : 0)
        | (rights.HasFlag(MailboxRights.DeleteMessages) ? Deleted : 0)
        | (rights.HasFlag(MailboxRights.Write) ? ~(Seen | Deleted) : 0);
}
