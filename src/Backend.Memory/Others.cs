namespace Backend.Memory;

/// <summary>Others' mailboxes as a user sees them. RFC 4314 §4. Used only by operations that <see cref="Store.RunAsync{T}"/> runs.</summary>
sealed class Others(Session session)
{
    /// <summary>Without one of these there is nothing to the user. RFC 4314 §4 ("Any").</summary>
    const MailboxRights Any = MailboxRights.Lookup | MailboxRights.Read | MailboxRights.Insert | MailboxRights.CreateMailboxes | MailboxRights.DeleteMailbox | MailboxRights.Administer;

    readonly Account user = session.Account;

    /// <summary>Whether a name is of others' mailboxes: where the user has a mailbox of that name, it is still the user's.</summary>
    public bool Include(MailboxName name) => session.IsUser && OtherUsers.Contains(name) && !user.Mailboxes.ContainsKey(name);

    /// <summary>The mailbox of a name, own or other, to which the user has any right.</summary>
    public Place Open(MailboxName name) => Include(name) ? Find(name) ?? throw NoSuchMailbox(name) : new Place(user, user.Open(name), MailboxRights.All);

    /// <summary>The same, or null where there is none.</summary>
    public Place? Seek(MailboxName name) =>
        Include(name) ? Find(name) : user.Mailboxes.GetValueOrDefault(name) is { IsSelectable: true } own ? new Place(user, own, MailboxRights.All) : null;

    /// <summary>The rights to a name, own or other.</summary>
    public MailboxRights RightsTo(MailboxName name) =>
        Include(name) ? Find(name)?.Rights ?? throw NoSuchMailbox(name) : user.Mailboxes.ContainsKey(name) ? MailboxRights.All : throw NoSuchMailbox(name);

    /// <summary>The names that the user may look up, with the rights, and the levels above them that are no mailboxes, with none.</summary>
    public Dictionary<MailboxName, MailboxRights> Visible()
    {
        var visible = new Dictionary<MailboxName, MailboxRights>();
        if (!session.IsUser)
            return visible;
        foreach (var owner in session.Store.Accounts.Values.Where(owner => owner != user))
            foreach (var mailbox in owner.Mailboxes.Values.Where(mailbox => mailbox.Access.Of(owner, user).HasFlag(MailboxRights.Lookup)))
                visible[OtherUsers.NameOf(owner.Username, mailbox.Name)] = mailbox.Access.Of(owner, user);
        foreach (var level in visible.Keys.SelectMany(static name => name.Superiors).ToList())
            visible.TryAdd(level, MailboxRights.None);
        foreach (var own in visible.Keys.Where(user.Mailboxes.ContainsKey).ToList())
            visible.Remove(own);
        return visible;
    }

    /// <summary>What LIST tells, INBOX first.</summary>
    public IReadOnlyList<MailboxInfo> List(bool subscribed)
    {
        var visible = Visible();
        var names = subscribed ? user.Subscriptions : user.Mailboxes.Keys.Concat(visible.Keys);
        return [.. names.Order().OrderByDescending(static name => name.IsInbox).Select(name => Describe(name, visible))];
    }

    /// <summary>What LIST tells of one name.</summary>
    public MailboxInfo Describe(MailboxName name) => Describe(name, Visible());

    public CreateData Create(MailboxName name, SpecialUse use)
    {
        var (owner, own) = RequireAbove(name);
        if (use != SpecialUse.None)
            throw new BackendException(BackendError.SpecialUseTaken, "What somebody else's mailbox is used for is for its owner to say.");
        return owner.Create(own, use);
    }

    public void Delete(MailboxName name)
    {
        var found = Find(name) ?? throw NoSuchMailbox(name);
        Require(found.Rights, MailboxRights.DeleteMailbox);
        found.Owner.Delete(found.Mailbox.Name);
    }

    public void Rename(MailboxName from, MailboxName to)
    {
        if (!Include(from) || !Include(to))
            throw new BackendException(BackendError.Cannot, "A mailbox is not given to another user by renaming it: copy its messages.");
        var found = Find(from) ?? throw NoSuchMailbox(from);
        var (owner, own) = RequireAbove(to);
        if (owner != found.Owner)
            throw new BackendException(BackendError.Cannot, "A mailbox is not given to another user by renaming it: copy its messages.");
        if (found.Mailbox.Name.IsInbox)
            throw new BackendException(BackendError.Cannot, "Only its owner can rename an INBOX.");
        Require(found.Rights, MailboxRights.DeleteMailbox);
        owner.Rename(found.Mailbox.Name, own);
    }

    /// <summary>Refuses whoever lacks one of these rights: as if the mailbox were not there, where it cannot be seen. RFC 4314 §6.</summary>
    public static void Require(MailboxRights rights, MailboxRights needed)
    {
        if ((rights & needed) != needed)
            throw rights.HasFlag(MailboxRights.Lookup) ? NoPermission() : new BackendException(BackendError.NoSuchMailbox, "There is no such mailbox.");
    }

    static BackendException NoPermission() => new(BackendError.NoPermission, "The owner of the mailbox has not given you the right to do that.");

    static BackendException NoSuchMailbox(MailboxName name) => new(BackendError.NoSuchMailbox, $"There is no mailbox \"{name}\".");

    MailboxInfo Describe(MailboxName name, Dictionary<MailboxName, MailboxRights> visible)
    {
        var info = user.Describe(name);
        if (visible.Keys.Any(other => other.IsInferiorTo(name)))
            info = info with { Attributes = (info.Attributes & ~MailboxAttributes.HasNoChildren) | MailboxAttributes.HasChildren };
        if (visible.TryGetValue(name, out var rights))
            info = info with { Rights = rights, Attributes = rights == MailboxRights.None ? info.Attributes | MailboxAttributes.NoSelect : info.Attributes & ~MailboxAttributes.NonExistent };
        return info;
    }

    Place? Find(MailboxName name) =>
        OtherUsers.TryParse(name, out var username, out var own)
        && session.Store.Accounts.GetValueOrDefault(LoginName.Normalize(username)) is { } owner && owner != user && OtherUsers.NameOf(owner.Username, own) == name
        && owner.Mailboxes.GetValueOrDefault(own) is { } mailbox && mailbox.Access.Of(owner, user) is var rights && (rights & Any) != 0
            ? new Place(owner, mailbox, rights)
            : null;

    /// <summary>The right k to the nearest mailbox above a name. What has the name itself must not be told of to who may not know it.</summary>
    (Account Owner, MailboxName Own) RequireAbove(MailboxName name)
    {
        if (!OtherUsers.TryParse(name, out var username, out var own) || session.Store.Accounts.GetValueOrDefault(LoginName.Normalize(username)) is not { } owner)
            throw NoPermission();
        var nearest = own.Superiors.Where(owner.Mailboxes.ContainsKey).Select(superior => (MailboxName?)superior).LastOrDefault();
        if (nearest is null || Find(OtherUsers.NameOf(owner.Username, nearest.Value)) is not { } above)
            throw NoPermission();
        Require(above.Rights, MailboxRights.CreateMailboxes);
        if (owner.Mailboxes.GetValueOrDefault(own) is { IsSelectable: true } taken && !taken.Access.Of(owner, user).HasFlag(MailboxRights.Lookup))
            throw NoPermission();
        return (owner, own);
    }

    /// <summary>A mailbox, whose it is, and what the user may do with it.</summary>
    public sealed record Place(Account Owner, StoredMailbox Mailbox, MailboxRights Rights);
}
