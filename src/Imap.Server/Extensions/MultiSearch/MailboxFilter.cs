using Imap.Server.Wire;

namespace Imap.Server.Extensions.MultiSearch;

/// <summary>Says which mailboxes are meant. RFC 5465 §6, §8 (filter-mailboxes); RFC 7377 §2.2, §4.</summary>
/// <param name="Kind">What kind of saying it is.</param>
/// <param name="Names">The names in it: they are meant in any case.</param>
sealed record MailboxFilter(MailboxFilterKind Kind, IReadOnlySet<MailboxName> Names)
{
    static readonly HashSet<MailboxName> Nothing = [];

    /// <summary>filter-mailboxes.</summary>
    public static MailboxFilter Read(ref ImapReader reader)
    {
        var expected = reader.Expected("which mailboxes to search");
        return Encoding.ASCII.GetString(reader.Atom("which mailboxes to search")).ToUpperInvariant() switch
        {
            "SELECTED" => new MailboxFilter(MailboxFilterKind.Selected, Nothing),
            "INBOXES" => new MailboxFilter(MailboxFilterKind.Inboxes, Nothing),
            "PERSONAL" => new MailboxFilter(MailboxFilterKind.Personal, Nothing),
            "SUBSCRIBED" => new MailboxFilter(MailboxFilterKind.Subscribed, Nothing),
            "SUBTREE" => new MailboxFilter(MailboxFilterKind.Subtree, ReadNames(ref reader)),
            "SUBTREE-ONE" => new MailboxFilter(MailboxFilterKind.SubtreeOne, ReadNames(ref reader)),
            "MAILBOXES" => new MailboxFilter(MailboxFilterKind.Mailboxes, ReadNames(ref reader)),
            _ => throw expected,
        };
    }

    // one-or-more-mailbox.
    static HashSet<MailboxName> ReadNames(ref ImapReader reader)
    {
        reader.Space();
        if (!reader.TryTake('('))
            return [reader.Mailbox()];
        var names = new HashSet<MailboxName>();
        do
            names.Add(reader.Mailbox());
        while (reader.TryTake(' '));
        reader.Take(')');
        return names;
    }

    /// <summary>Whether it means the mailbox with this name, which is listed; the one that is selected aside.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isSubscribed">Whether it is subscribed to.</param>
    public bool Means(MailboxName name, bool isSubscribed) => Kind switch
    {
        MailboxFilterKind.Inboxes => name.IsInbox,
        MailboxFilterKind.Personal => !OtherUsers.Contains(name),
        MailboxFilterKind.Subscribed => isSubscribed,
        MailboxFilterKind.Subtree => name.Superiors.Any(Names.Contains),
        MailboxFilterKind.SubtreeOne => Names.Contains(name.Superiors.LastOrDefault()),
        _ => false,
    };
}
