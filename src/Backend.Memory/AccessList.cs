namespace Backend.Memory;

/// <summary>Who else has which rights to a mailbox. RFC 4314 §2. Used only by operations that <see cref="Store.RunAsync{T}"/> runs.</summary>
sealed class AccessList
{
    readonly Dictionary<Account, MailboxRights> users = [];
    MailboxRights anyone;

    /// <summary>The rights that a user has, who is not the owner: none beyond the owner's tenant, and none once the user is removed.</summary>
    public MailboxRights Of(Account owner, Account user) => owner.Tenant == user.Tenant && !user.IsRemoved ? anyone | users.GetValueOrDefault(user) : MailboxRights.None;

    /// <summary>The list itself, the owner first.</summary>
    public IReadOnlyList<AclEntry> Entries(Account owner) =>
    [
        new AclEntry(owner.Username, MailboxRights.All),
        .. users.Where(each => each.Key.Tenant == owner.Tenant && !each.Key.IsRemoved)
            .Select(static each => new AclEntry(each.Key.Username, each.Value))
            .Concat(anyone == MailboxRights.None ? [] : [new AclEntry(AclEntry.Anyone, anyone)])
            .OrderBy(static entry => entry.Identifier, StringComparer.Ordinal),
    ];

    /// <summary>Changes what a user may do; null is anyone.</summary>
    public void Set(Account? user, RightsOperation operation, MailboxRights rights)
    {
        var before = user is null ? anyone : users.GetValueOrDefault(user);
        var after = operation switch
        {
            RightsOperation.Add => before | rights,
            RightsOperation.Remove => before & ~rights,
            _ => rights,
        };
        if (user is null)
            anyone = after;
        else if (after == MailboxRights.None)
            users.Remove(user);
        else
            users[user] = after;
    }

    /// <summary>The same for a mailbox below this one. RFC 4314 §4 (CREATE).</summary>
    public AccessList Copy()
    {
        var copy = new AccessList { anyone = anyone };
        foreach (var (user, rights) in users)
            copy.users.Add(user, rights);
        return copy;
    }
}
