namespace Backend.Memory;

/// <summary>All that a user has. Used only by operations that <see cref="Store.RunAsync{T}"/> runs.</summary>
sealed class Account(Store store, string username, PasswordVerifier password, Tenant tenant)
{
    readonly DateTimeOffset created = store.Now;
    readonly Dictionary<MailboxName, UidValidity> history = [];
    readonly SortedDictionary<string, ReadOnlyMemory<byte>> serverMetadata = new(StringComparer.Ordinal);
    FlagSet keywords = FlagSet.Empty;

    public string Username => username;

    public PasswordVerifier Password { get; set; } = password;

    public Tenant Tenant { get; set; } = tenant;

    public AccountState State { get; set; }

    public bool IsRemoved { get; private set; }

    public QuotaLimits Limits { get; set; } = QuotaLimits.None;

    public bool IsAdministrator { get; set; }

    /// <summary>What the account has, and may have. RFC 9208 §3.2.</summary>
    public QuotaRoot Quota
    {
        get
        {
            var messages = Mailboxes.Values.SelectMany(static mailbox => mailbox.Messages.Values).ToList();
            return new QuotaRoot(username, messages.Sum(static message => message.Content.Size), messages.Count, Limits);
        }
    }

    public bool MayLogIn => State == AccountState.Active && Tenant.State == AccountState.Active;

    public SortedDictionary<MailboxName, StoredMailbox> Mailboxes { get; } = new() { [MailboxName.Inbox] = new StoredMailbox(MailboxName.Inbox, store.NewUidValidity()) };

    public SortedSet<MailboxName> Subscriptions { get; } = [];

    /// <summary>Takes flags that a client gives: keywords in the spelling that they were first given, and no \Recent, which is the server's.</summary>
    public FlagSet Take(FlagSet flags)
    {
        keywords = keywords.Union(FlagSet.Of(flags.Where(static flag => !flag.IsSystem)));
        return FlagSet.Of(Flag.Settable.Concat(keywords).Where(flags.Contains));
    }

    public StoredMailbox Open(MailboxName name) =>
        Mailboxes.GetValueOrDefault(name) is not { } mailbox ? throw NoSuchMailbox(name)
        : mailbox.IsSelectable ? mailbox
        : throw new BackendException(BackendError.NotSelectable, $"\"{name}\" is only a name above other mailboxes and holds no messages. Create it to make it a mailbox.");

    /// <summary>RFC 9051 §6.3.4.</summary>
    public CreateData Create(MailboxName name, SpecialUse use)
    {
        RequireUser();
        if (Mailboxes.GetValueOrDefault(name) is { IsSelectable: true })
            throw AlreadyExists(name);
        if (use != SpecialUse.None && Mailboxes.Values.Any(mailbox => mailbox.SpecialUse == use))
            throw new BackendException(BackendError.SpecialUseTaken, $"Another mailbox has the special use {use} already.");
        AddSuperiors(name);
        var mailbox = New(name, use);
        Add(mailbox);
        return new CreateData(mailbox.Id);
    }

    /// <summary>RFC 9051 §6.3.5.</summary>
    public void Delete(MailboxName name)
    {
        RequireUser();
        if (name.IsInbox)
            throw new BackendException(BackendError.Cannot, "INBOX cannot be deleted.");
        var mailbox = Mailboxes.GetValueOrDefault(name) ?? throw NoSuchMailbox(name);
        var hasInferiors = Below(name).Count > 0;
        if (!mailbox.IsSelectable && hasInferiors)
            throw new BackendException(BackendError.HasChildren, $"\"{name}\" is only a name above other mailboxes: delete those first.");
        mailbox.IsDeleted = true;
        Leave(mailbox);
        if (hasInferiors)
            Mailboxes[name] = new StoredMailbox(name, store.NewUidValidity(), isSelectable: false);
    }

    /// <summary>RFC 9051 §6.3.6.</summary>
    public void Rename(MailboxName from, MailboxName to)
    {
        RequireUser();
        var mailbox = Mailboxes.GetValueOrDefault(from) ?? throw NoSuchMailbox(from);
        if (Mailboxes.ContainsKey(to))
            throw AlreadyExists(to);
        if (to.IsInferiorTo(from) && !from.IsInbox)
            throw new BackendException(BackendError.Cannot, $"\"{from}\" cannot be renamed to a name below itself.");
        // INBOX leaves its inferiors where they are. Every new name is known to be possible before anything changes.
        var inferiors = from.IsInbox ? [] : Below(from).ConvertAll(inferior => (Mailbox: inferior, Name: inferior.Name.Rebase(from, to)));
        AddSuperiors(to);
        if (from.IsInbox)
        {
            var target = new StoredMailbox(to, store.NewUidValidity());
            mailbox.MoveAllTo(target);
            Publish(from, mailbox);
            Add(target);
            return;
        }

        MoveTo(mailbox, to);
        foreach (var (inferior, name) in inferiors)
            MoveTo(inferior, name);
    }

    /// <summary>RFC 9051 §6.3.7-6.3.8.</summary>
    /// <param name="name">The name.</param>
    /// <param name="subscribed">Whether it is to be subscribed to.</param>
    /// <param name="isThere">Whether it is known to be there: somebody else's.</param>
    public void SetSubscribed(MailboxName name, bool subscribed, bool isThere)
    {
        RequireUser();
        var mailbox = Mailboxes.GetValueOrDefault(name);
        if (subscribed && mailbox is null && !isThere)
            throw NoSuchMailbox(name);
        if (subscribed ? Subscriptions.Add(name) : Subscriptions.Remove(name))
            Publish(name, mailbox);
    }

    /// <summary>What LIST tells of a name, whether or not anything has it.</summary>
    public MailboxInfo Describe(MailboxName name)
    {
        var mailbox = Mailboxes.GetValueOrDefault(name);
        var attributes = Below(name).Count > 0 ? MailboxAttributes.HasChildren : MailboxAttributes.HasNoChildren;
        if (mailbox is null)
            attributes |= MailboxAttributes.NonExistent;
        else if (!mailbox.IsSelectable)
            attributes |= MailboxAttributes.NoSelect;
        if (Subscriptions.Contains(name))
            attributes |= MailboxAttributes.Subscribed;
        return new MailboxInfo { Name = name, Attributes = attributes, SpecialUse = mailbox?.SpecialUse ?? SpecialUse.None, Rights = mailbox is null ? MailboxRights.None : MailboxRights.All };
    }

    /// <summary>What an administrator sees of the user.</summary>
    public UserInfo Describe()
    {
        var messages = Mailboxes.Values.SelectMany(static mailbox => mailbox.Messages.Values).ToList();
        return new UserInfo(username, Tenant.Name, State, Mailboxes.Values.Count(static mailbox => mailbox.IsSelectable), messages.Count, messages.Sum(static message => message.Content.Size), created)
        {
            Limits = Limits,
            IsAdministrator = IsAdministrator,
        };
    }

    /// <summary>Refuses what would exceed a limit; what makes nothing more never does. RFC 9208 §4.3.1; RFC 8508 §3.4.</summary>
    public void RequireRoom(long moreBytes, long moreMessages)
    {
        if (Limits != QuotaLimits.None && Quota is var quota && ((moreBytes > 0 && quota.Bytes + moreBytes > Limits.MaxBytes) || (moreMessages > 0 && quota.Messages + moreMessages > Limits.MaxMessages)))
            throw new BackendException(BackendError.OverQuota, "There is no room left: the quota would be exceeded. Delete some messages and expunge them first.");
    }

    /// <summary>The annotations of a mailbox, or, without one, those of the server that are this user's. RFC 5464.</summary>
    public SortedDictionary<string, ReadOnlyMemory<byte>> MetadataOf(StoredMailbox? mailbox) => mailbox?.Metadata ?? serverMetadata;

    /// <summary>Sets and removes annotations. A change of them is one of the mailbox. RFC 5464 §4.3; RFC 7162 §3.2.</summary>
    public void Annotate(StoredMailbox? mailbox, IReadOnlyCollection<MetadataEntry> entries)
    {
        var stored = MetadataOf(mailbox);
        var changes = entries.Where(entry => stored.TryGetValue(entry.Name, out var old) ? entry.Value is not { } value || !value.Span.SequenceEqual(old.Span) : entry.Value is not null).ToList();
        var added = changes.Count(entry => !stored.ContainsKey(entry.Name)) - changes.Count(static entry => entry.Value is null);
        if (added > 0 && stored.Count + added > MetadataEntry.MaxCount)
            throw new BackendException(BackendError.TooManyEntries, $"A mailbox can have {MetadataEntry.MaxCount} annotations.");
        foreach (var entry in changes)
            if (entry.Value is { } value)
                stored[entry.Name] = value;
            else
                stored.Remove(entry.Name);
        if (changes.Count > 0 && mailbox is null)
            store.Publish(new MailboxUpdate { Username = username });
        else if (changes.Count > 0)
        {
            mailbox!.Touch();
            Publish(mailbox.Name, mailbox);
        }
    }

    /// <summary>Tells the user's connections that a mailbox has changed, or that it is gone when it is null.</summary>
    public void Publish(MailboxName name, StoredMailbox? mailbox) => store.Publish(new MailboxUpdate
    {
        Username = username,
        Mailbox = name,
        Status = mailbox?.Describe(StatusItems.Messages | StatusItems.UidNext | StatusItems.UidValidity | StatusItems.Unseen | StatusItems.HighestModSeq, readOnly: false),
    });

    /// <summary>The user is removed: nothing is left for those who are still connected.</summary>
    public void Close()
    {
        IsRemoved = true;
        foreach (var mailbox in Mailboxes.Values)
            mailbox.IsDeleted = true;
        Mailboxes.Clear();
        Subscriptions.Clear();
    }

    static BackendException NoSuchMailbox(MailboxName name) => new(BackendError.NoSuchMailbox, $"There is no mailbox \"{name}\".");

    static BackendException AlreadyExists(MailboxName name) => new(BackendError.MailboxAlreadyExists, $"There is a mailbox \"{name}\" already.");

    void RequireUser()
    {
        if (IsRemoved)
            throw new BackendException(BackendError.Unavailable, "The user has been removed.");
    }

    List<StoredMailbox> Below(MailboxName name) => [.. Mailboxes.Values.Where(mailbox => mailbox.Name.IsInferiorTo(name))];

    void AddSuperiors(MailboxName name)
    {
        foreach (var superior in name.Superiors)
            if (!Mailboxes.ContainsKey(superior))
                Add(New(superior, SpecialUse.None));
    }

    /// <summary>A mailbox with the rights of the one above it. RFC 4314 §4 (CREATE).</summary>
    StoredMailbox New(MailboxName name, SpecialUse use)
    {
        var above = name.Superiors.Select(superior => Mailboxes.GetValueOrDefault(superior)).LastOrDefault();
        return new StoredMailbox(name, store.NewUidValidity()) { SpecialUse = use, Access = above?.Access.Copy() ?? new AccessList() };
    }

    void Add(StoredMailbox mailbox)
    {
        Mailboxes[mailbox.Name] = mailbox;
        Publish(mailbox.Name, mailbox);
    }

    /// <summary>Takes a mailbox's name away from it and remembers what it has named. RFC 9051 §6.3.5-6.3.6.</summary>
    void Leave(StoredMailbox mailbox)
    {
        Mailboxes.Remove(mailbox.Name);
        history[mailbox.Name] = mailbox.UidValidity;
        Publish(mailbox.Name, null);
    }

    /// <summary>Gives a mailbox another name. Its UIDVALIDITY stays, unless a mailbox of that name had it or a higher one. RFC 9051 §2.3.1.1.</summary>
    void MoveTo(StoredMailbox mailbox, MailboxName name)
    {
        Leave(mailbox);
        if (history.TryGetValue(name, out var last) && last.Value >= mailbox.UidValidity.Value)
            mailbox.UidValidity = store.NewUidValidity();
        mailbox.Name = name;
        Add(mailbox);
    }
}
