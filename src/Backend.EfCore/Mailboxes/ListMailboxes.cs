using Backend.EfCore.Entities;
using Backend.EfCore.Queries;
using Backend.EfCore.Sharing;

namespace Backend.EfCore.Mailboxes;

/// <summary>LIST and LSUB: three scans, whatever the number of mailboxes.</summary>
static class ListMailboxes
{
    /// <param name="database">The store.</param>
    /// <param name="context">Where to read.</param>
    /// <param name="userId">The user.</param>
    /// <param name="others">Others' mailboxes as the user sees them; null where the user is to see none.</param>
    /// <param name="subscribed">Whether to list names that are subscribed to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<MailboxInfo>> ExecuteAsync(MailStoreDatabase database, MailStoreContext context, int userId, OthersMailboxes? others, bool subscribed, CancellationToken cancellationToken)
    {
        var mailboxes = new List<(MailboxName Name, ListedMailbox Row)>();
        await foreach (var mailbox in database.Queries.Mailboxes.OfUser(context, userId).WithCancellation(cancellationToken))
            mailboxes.Add((MailboxName.Parse(mailbox.Name), mailbox));
        var subscriptions = new HashSet<MailboxName>();
        await foreach (var name in database.Queries.Mailboxes.Subscriptions(context, userId).WithCancellation(cancellationToken))
            subscriptions.Add(MailboxName.Parse(name));
        if (others is not null)
            AddOthers(mailboxes, await others.ReadAsync(context, cancellationToken));

        var parents = Parents(mailboxes);
        if (!subscribed)
            return Ordered(mailboxes.ConvertAll(each => Describe(each.Name, each.Row, parents.Contains(each.Name.Value), subscriptions.Contains(each.Name))));
        var known = mailboxes.ToDictionary(static each => each.Name, static each => (ListedMailbox?)each.Row);
        return Ordered([.. subscriptions.Select(name => Describe(name, known.GetValueOrDefault(name), parents.Contains(name.Value), isSubscribed: true))]);
    }

    /// <summary>Adds those that the user may look up, and the levels above them that are no mailboxes to the user.</summary>
    static void AddOthers(List<(MailboxName Name, ListedMailbox Row)> mailboxes, List<OthersMailbox> others)
    {
        if (others.Count == 0)
            return;
        var names = mailboxes.Select(static mailbox => mailbox.Name).ToHashSet();
        foreach (var other in others.Where(static other => other.Rights.HasFlag(MailboxRights.Lookup)))
            if (names.Add(other.Name))
                mailboxes.Add((other.Name, new ListedMailbox(other.Name.Value, true, SpecialUse.None, other.Rights)));
        foreach (var other in others.Where(static other => other.Rights.HasFlag(MailboxRights.Lookup)))
            foreach (var level in other.Name.Superiors.Where(names.Add))
                mailboxes.Add((level, new ListedMailbox(level.Value, false, SpecialUse.None, MailboxRights.None)));
    }

    /// <summary>What LIST tells of one mailbox.</summary>
    public static async Task<MailboxInfo> DescribeAsync(MailStoreContext context, MailboxEntity mailbox, CancellationToken cancellationToken)
    {
        var hasChildren = await Below(context, mailbox.UserId, mailbox.Name).AnyAsync(cancellationToken);
        var subscribed = await context.Subscriptions.AnyAsync(each => each.UserId == mailbox.UserId && each.Name == mailbox.Name, cancellationToken);
        return Describe(MailboxName.Parse(mailbox.Name), new ListedMailbox(mailbox.Name, mailbox.Selectable, mailbox.SpecialUse, MailboxRights.All), hasChildren, subscribed);
    }

    /// <summary>The inferiors of a name. By comparison and not by LIKE, which on SQLite takes <c>a</c> for <c>A</c> and everywhere <c>_</c> for any letter.</summary>
    public static IQueryable<MailboxEntity> Below(MailStoreContext context, int userId, string name)
    {
        var (first, behind) = (name + MailboxName.Delimiter, name + (char)(MailboxName.Delimiter + 1));
        return context.Mailboxes.Where(mailbox => mailbox.UserId == userId && string.Compare(mailbox.Name, first) > 0 && string.Compare(mailbox.Name, behind) < 0);
    }

    /// <summary>The names that have inferiors.</summary>
    static HashSet<string> Parents(List<(MailboxName Name, ListedMailbox Row)> mailboxes)
    {
        var parents = new HashSet<string>();
        var lookup = parents.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var (name, _) in mailboxes)
            for (var end = name.Value.IndexOf(MailboxName.Delimiter); end >= 0; end = name.Value.IndexOf(MailboxName.Delimiter, end + 1))
                lookup.Add(name.Value.AsSpan(0, end));
        return parents;
    }

    /// <summary>INBOX first, then by code units: nearly the order of octets, in which the database gives them.</summary>
    static List<MailboxInfo> Ordered(List<MailboxInfo> mailboxes)
    {
        for (var i = 1; i < mailboxes.Count; i++)
        {
            if (mailboxes[i - 1].Name < mailboxes[i].Name)
                continue;
            mailboxes.Sort(static (left, right) => left.Name.CompareTo(right.Name));
            break;
        }

        if (mailboxes.FindIndex(static mailbox => mailbox.Name.IsInbox) is > 0 and var inbox)
        {
            mailboxes.Insert(0, mailboxes[inbox]);
            mailboxes.RemoveAt(inbox + 1);
        }

        return mailboxes;
    }

    static MailboxInfo Describe(MailboxName name, ListedMailbox? mailbox, bool hasChildren, bool isSubscribed)
    {
        var attributes = hasChildren ? MailboxAttributes.HasChildren : MailboxAttributes.HasNoChildren;
        // A level above others' mailboxes is both: there is nothing that could be selected, nor anything at all.
        if (mailbox is null or { Rights: MailboxRights.None })
            attributes |= MailboxAttributes.NonExistent;
        if (mailbox is { Selectable: false })
            attributes |= MailboxAttributes.NoSelect;
        if (isSubscribed)
            attributes |= MailboxAttributes.Subscribed;
        return new MailboxInfo { Name = name, Attributes = attributes, SpecialUse = mailbox?.SpecialUse ?? SpecialUse.None, Rights = mailbox?.Rights ?? MailboxRights.None };
    }
}
