using Backend.EfCore.Entities;

namespace Backend.EfCore.Mailboxes;

/// <summary>LIST and LSUB: two scans, whatever the number of mailboxes.</summary>
static class ListMailboxes
{
    public static async Task<IReadOnlyList<MailboxInfo>> ExecuteAsync(MailStoreDatabase database, MailStoreContext context, int userId, bool subscribed, CancellationToken cancellationToken)
    {
        var mailboxes = new Dictionary<MailboxName, MailboxEntity>();
        await foreach (var mailbox in database.Queries.Mailboxes.OfUser(context, userId).WithCancellation(cancellationToken))
            mailboxes.Add(MailboxName.Parse(mailbox.Name), mailbox);
        var subscriptions = new HashSet<MailboxName>();
        await foreach (var name in database.Queries.Mailboxes.Subscriptions(context, userId).WithCancellation(cancellationToken))
            subscriptions.Add(MailboxName.Parse(name));

        var parents = mailboxes.Keys.SelectMany(static name => name.Superiors).ToHashSet();
        return [.. (subscribed ? subscriptions : (IEnumerable<MailboxName>)mailboxes.Keys)
            .OrderByDescending(static name => name.IsInbox)
            .ThenBy(static name => name)
            .Select(name => Describe(name, mailboxes.GetValueOrDefault(name), parents.Contains(name), subscriptions.Contains(name)))];
    }

    /// <summary>What LIST tells of one mailbox.</summary>
    public static async Task<MailboxInfo> DescribeAsync(MailStoreContext context, MailboxEntity mailbox, CancellationToken cancellationToken)
    {
        var hasChildren = await Below(context, mailbox.UserId, mailbox.Name).AnyAsync(cancellationToken);
        var subscribed = await context.Subscriptions.AnyAsync(each => each.UserId == mailbox.UserId && each.Name == mailbox.Name, cancellationToken);
        return Describe(MailboxName.Parse(mailbox.Name), mailbox, hasChildren, subscribed);
    }

    /// <summary>The inferiors of a name. By comparison and not by LIKE, which on SQLite takes <c>a</c> for <c>A</c> and everywhere <c>_</c> for any letter.</summary>
    public static IQueryable<MailboxEntity> Below(MailStoreContext context, int userId, string name)
    {
        var (first, behind) = (name + MailboxName.Delimiter, name + (char)(MailboxName.Delimiter + 1));
        return context.Mailboxes.Where(mailbox => mailbox.UserId == userId && string.Compare(mailbox.Name, first) > 0 && string.Compare(mailbox.Name, behind) < 0);
    }

    static MailboxInfo Describe(MailboxName name, MailboxEntity? mailbox, bool hasChildren, bool subscribed)
    {
        var attributes = hasChildren ? MailboxAttributes.HasChildren : MailboxAttributes.HasNoChildren;
        if (mailbox is null)
            attributes |= MailboxAttributes.NonExistent;
        else if (!mailbox.Selectable)
            attributes |= MailboxAttributes.NoSelect;
        if (subscribed)
            attributes |= MailboxAttributes.Subscribed;
        return new MailboxInfo { Name = name, Attributes = attributes, SpecialUse = mailbox?.SpecialUse ?? SpecialUse.None };
    }
}
