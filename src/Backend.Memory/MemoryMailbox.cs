using System.Runtime.CompilerServices;
using Backend.Mime;
using Backend.Mime.Sorting;
using Backend.Mime.Threading;

namespace Backend.Memory;

/// <inheritdoc cref="IMailbox"/>
sealed class MemoryMailbox(Session session, Others.Place place, MailboxName name)
    : IUpdaterMailbox,
        IMoveMailbox,
        IQresyncMailbox,
        ISaveDateMailbox,
        IPreviewMailbox,
        IBinaryMailbox,
        IMultiAppendMailbox,
        IReplaceMailbox,
        IMailboxIds,
        ISortMailbox,
        IThreadMailbox,
        IObjectIdMailbox
{
    static readonly FlagSet RecentFlag = FlagSet.Of(Flag.Recent);

    readonly Store store = session.Store;
    readonly Account account = place.Owner;
    readonly StoredMailbox mailbox = place.Mailbox;
    readonly Others others = new(session);
    readonly HashSet<Uid> recent = [];
    bool isReadOnly;
    bool takesRecent;
    MailboxRights toldRights = MailboxRights.All;

    /// <inheritdoc/>
    public MailboxName Name => name;

    bool IsOwn => account == session.Account;

    MailboxRights Rights => IsOwn ? MailboxRights.All : mailbox.Access.Of(account, session.Account);

    MailboxName CurrentName => IsOwn ? mailbox.Name : OtherUsers.NameOf(account.Username, mailbox.Name);

    /// <inheritdoc/>
    public MailboxId Id => mailbox.Id;

    /// <inheritdoc/>
    public Task<MailboxInfo> GetInfoAsync(CancellationToken cancellationToken) => RunAsync(
        () => Rights == MailboxRights.None ? throw new BackendException(BackendError.NoSuchMailbox, "There is no such mailbox.") : others.Describe(CurrentName) with { Rights = Rights },
        cancellationToken,
        MailboxRights.None);

    /// <inheritdoc/>
    public Task<SelectData> SelectAsync(SelectOptions options, CancellationToken cancellationToken) =>
        RunAsync(
            () =>
            {
                isReadOnly = options.Examine || !FlagRights.CanChange(Rights);
                (takesRecent, toldRights) = (!isReadOnly, Rights);
                TakeRecent();
                var messages = mailbox.Messages.Values;
                return new SelectData
                {
                    Uids = [.. mailbox.Messages.Keys],
                    Recent = UidSet.From(mailbox.Messages.Keys.Where(recent.Contains)),
                    FirstUnseen = messages.FirstOrDefault(static message => !message.Has(Flag.Seen))?.Uid,
                    Flags = mailbox.Flags,
                    PermanentFlags = FlagRights.Allowed(mailbox.PermanentFlags(isReadOnly), Rights),
                    UidValidity = mailbox.UidValidity,
                    UidNext = mailbox.UidNext,
                    HighestModSeq = mailbox.HighestModSeq,
                    IsReadOnly = isReadOnly,
                    Shared = IsOwn ? null : new SharedMailbox(account.Username, mailbox.Name),
                };
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<MailboxChanges?> PollAsync(ModSeq since, CancellationToken cancellationToken) =>
        RunAsync(
            () =>
            {
                var rights = Rights;
                if (mailbox.HighestModSeq == since && rights == toldRights)
                    return null;
                var permanentFlags = rights == toldRights ? null : FlagRights.Allowed(mailbox.PermanentFlags(isReadOnly), rights);
                toldRights = rights;
                var taken = TakeRecent();
                var changed = mailbox.Messages.Values.Where(message => message.ModSeq > since).ToList();
                return new MailboxChanges
                {
                    HighestModSeq = mailbox.HighestModSeq,
                    UidNext = mailbox.UidNext,
                    Changed = [.. changed.Select(Tell)],
                    Expunged = mailbox.ExpungedSince(since),
                    Recent = UidSet.From(changed.Select(static message => message.Uid).Intersect(taken)),
                    Flags = mailbox.Flags,
                    PermanentFlags = permanentFlags,
                };
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<MailboxStatus> GetStatusAsync(StatusItems items, CancellationToken cancellationToken) =>
        RunAsync(
            () => mailbox.Describe(items, isReadOnly) with
            {
                Name = CurrentName,
                PermanentFlags = FlagRights.Allowed(mailbox.PermanentFlags(isReadOnly), Rights),
                Recent = items.HasFlag(StatusItems.Recent) ? mailbox.Messages.Values.Count(IsRecent) : null,
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken) => RunAsync(static () => true, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<Message> ListMessagesAsync(NumberSet messages, FetchItems items, CancellationToken cancellationToken) =>
        ListChangedMessagesAsync(messages, ModSeq.Zero, items, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Message> ListChangedMessagesAsync(NumberSet messages, ModSeq since, FetchItems items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // What is listed is as it was at the call: messages are immutable, and the list holds no octets.
        var listed = await RunAsync(() => mailbox.Find(messages).FindAll(message => message.ModSeq > since).ConvertAll(message => (message, Number: mailbox.NumberOf(message), Flags: FlagsOf(message))), cancellationToken);
        foreach (var (message, number, flags) in listed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var sections = ImmutableArray.CreateBuilder<FetchedSection>(items.Sections.Length);
            foreach (var item in items.Sections)
                sections.Add(await message.Content.SectionAsync(item, cancellationToken));
            yield return new Message
            {
                Uid = message.Uid,
                SequenceNumber = messages is SequenceSet ? number : null,
                Flags = items.Attributes.HasFlag(FetchAttributes.Flags) ? flags : null,
                InternalDate = items.Attributes.HasFlag(FetchAttributes.InternalDate) ? message.InternalDate : null,
                Size = items.Attributes.HasFlag(FetchAttributes.Size) ? message.Content.Size : null,
                Envelope = items.Attributes.HasFlag(FetchAttributes.Envelope) ? message.Content.Parsed.Envelope : null,
                BodyStructure = items.Attributes.HasFlag(FetchAttributes.BodyStructure) ? message.Content.Parsed.BodyStructure : null,
                ModSeq = items.Attributes.HasFlag(FetchAttributes.ModSeq) ? message.ModSeq : null,
                SaveDate = items.Attributes.HasFlag(FetchAttributes.SaveDate) ? message.SaveDate : null,
                Preview = items.Attributes.HasFlag(FetchAttributes.Preview) ? message.Content.Parsed.Preview : null,
                EmailId = items.Attributes.HasFlag(FetchAttributes.EmailId) ? message.Content.EmailId : null,
                ThreadId = items.Attributes.HasFlag(FetchAttributes.ThreadId) ? message.Content.ThreadId : null,
                Sections = sections.MoveToImmutable(),
            };
        }
    }

    /// <inheritdoc/>
    public async Task<UidSet> SearchMessagesAsync(SearchCriteria criteria, CancellationToken cancellationToken) =>
        UidSet.From((await FindAsync(criteria, cancellationToken)).Select(static found => found.Uid));

    /// <inheritdoc/>
    public async Task<SequenceSet> SearchSequenceNumbersAsync(SearchCriteria criteria, CancellationToken cancellationToken) =>
        SequenceSet.From((await FindAsync(criteria, cancellationToken)).Select(static found => found.SequenceNumber));

    /// <inheritdoc/>
    public async Task<ImmutableArray<Uid>> SortMessagesAsync(SearchCriteria criteria, ImmutableArray<SortCriterion> order, CancellationToken cancellationToken) =>
        [.. (await FindSortableAsync(criteria, cancellationToken)).Order(new MessageOrder(order)).Select(static message => message.Uid)];

    /// <inheritdoc/>
    public async Task<ImmutableArray<ThreadMember>> ThreadMessagesAsync(ThreadAlgorithm algorithm, SearchCriteria criteria, CancellationToken cancellationToken)
    {
        var threads = ThreadBuilder.Create(algorithm);
        foreach (var message in await FindSortableAsync(criteria, cancellationToken))
            threads.Add(ThreadCandidate.Of(message));
        return threads.Build();
    }

    /// <inheritdoc/>
    public async Task<AppendData> CreateMessageAsync(Stream body, AppendOptions options, CancellationToken cancellationToken)
    {
        var data = await CreateMessagesAsync(Single(new NewMessage(body, options)), cancellationToken);
        return new AppendData(data.UidValidity, data.Uids.Enumerate().Single());
    }

    /// <inheritdoc/>
    public async Task<AppendedData> CreateMessagesAsync(IAsyncEnumerable<NewMessage> messages, CancellationToken cancellationToken)
    {
        RequireWritable();
        var read = await ReadAsync(messages, cancellationToken);
        return await RunAsync(() => Append(place with { Rights = Rights }, read), cancellationToken, MailboxRights.Insert);
    }

    /// <inheritdoc/>
    public async Task<ReplaceData> ReplaceMessageAsync(Uid uid, MailboxName destination, NewMessage message, CancellationToken cancellationToken)
    {
        RequireWritable();
        var read = await ReadAsync(Single(message), cancellationToken);
        return await RunAsync(
            () =>
            {
                var target = others.Open(destination);
                Others.Require(target.Rights, MailboxRights.Insert);
                return mailbox.Messages.TryGetValue(uid, out var replaced)
                    ? new ReplaceData(Append(target, read, replaced), Remove([replaced]))
                    : throw new BackendException(BackendError.Expunged, "The message is no longer there.");
            },
            cancellationToken,
            MailboxRights.Read | MailboxRights.DeleteMessages | MailboxRights.Expunge);
    }

    /// <inheritdoc/>
    public Task<StoreData> UpdateMessagesFlagsAsync(NumberSet messages, FlagsOperation operation, FlagSet flags, CancellationToken cancellationToken) =>
        ChangeAsync(() => Store(mailbox.Find(messages), operation, flags), cancellationToken, MailboxRights.Read);

    /// <inheritdoc/>
    public Task<ConditionalStoreData> UpdateUnchangedMessagesFlagsAsync(NumberSet messages, ModSeq unchangedSince, FlagsOperation operation, FlagSet flags, CancellationToken cancellationToken) =>
        ChangeAsync(
            () =>
            {
                var named = mailbox.Find(messages);
                var modified = UidSet.From(named.FindAll(message => message.ModSeq > unchangedSince).Select(static message => message.Uid));
                return new ConditionalStoreData(Store(named.FindAll(message => message.ModSeq <= unchangedSince), operation, flags), modified);
            },
            cancellationToken,
            MailboxRights.Read);

    /// <inheritdoc/>
    public Task<UidSet> ListVanishedAsync(UidSet messages, ModSeq since, CancellationToken cancellationToken) =>
        RunAsync(() => mailbox.ExpungedSince(since).Intersect(messages, new Uid((uint)Math.Max(1, mailbox.NextUid - 1))), cancellationToken);

    /// <inheritdoc/>
    public Task<CopyData> CopyMessagesAsync(NumberSet messages, MailboxName destination, CancellationToken cancellationToken) =>
        RunAsync(() => Copy(others.Open(destination), mailbox.Find(messages)), cancellationToken);

    /// <inheritdoc/>
    public Task<MoveData> MoveMessagesAsync(NumberSet messages, MailboxName destination, CancellationToken cancellationToken) =>
        ChangeAsync(
            () =>
            {
                var target = others.Open(destination);
                var moved = mailbox.Find(messages);
                return new MoveData(Copy(target, moved, leaves: true), Remove(moved));
            },
            cancellationToken,
            MailboxRights.Read | MailboxRights.DeleteMessages | MailboxRights.Expunge);

    /// <inheritdoc/>
    public Task<ExpungeData> ExpungeAsync(UidSet? uids, CancellationToken cancellationToken) =>
        ChangeAsync(() => Remove(mailbox.Find(uids ?? UidSet.All).FindAll(static message => message.Has(Flag.Deleted))), cancellationToken, MailboxRights.Read | MailboxRights.Expunge);

    /// <summary>Runs an operation alone, if the mailbox is still there and the user has the rights that it takes.</summary>
    Task<T> RunAsync<T>(Func<T> operation, CancellationToken cancellationToken, MailboxRights needs = MailboxRights.Read) =>
        session.RunAsync(
            () =>
            {
                if (mailbox.IsDeleted)
                    throw new BackendException(BackendError.NoSuchMailbox, $"The mailbox \"{mailbox.Name}\" has been deleted.");
                Others.Require(Rights, needs);
                return operation();
            },
            cancellationToken);

    /// <summary>The same for one that changes something here, if the handle may.</summary>
    async Task<T> ChangeAsync<T>(Func<T> operation, CancellationToken cancellationToken, MailboxRights needs = MailboxRights.All)
    {
        RequireWritable();
        return await RunAsync(operation, cancellationToken, needs);
    }

    void RequireWritable()
    {
        if (isReadOnly)
            throw new BackendException(BackendError.ReadOnly, "The mailbox is open for reading only. Select it to change something.");
    }

    StoreData Store(List<StoredMessage> named, FlagsOperation operation, FlagSet flags)
    {
        var allowed = FlagRights.ForStore(flags, operation, Rights);
        // To remove a keyword that nobody has makes none.
        var operand = operation == FlagsOperation.Remove ? allowed : account.Take(allowed);
        var after = named.ConvertAll(message => message with { Flags = FlagRights.Keep(message.Flags, FlagArithmetic.Apply(message.Flags, operation, operand), Rights) });
        // A message that has the flags already gets no new modification sequence. RFC 7162 §3.1.11.
        var changed = after.Where((message, i) => !message.Flags.Equals(named[i].Flags)).ToList();
        if (changed.Count == 0)
            return StoreData.Nothing;
        changed = mailbox.Replace(changed);
        store.Publish(new MessageUpdate
        {
            Username = account.Username,
            Mailbox = mailbox.Name,
            Uids = UidSet.From(changed.Select(static message => message.Uid)),
            ModSeq = mailbox.HighestModSeq,
        });
        return new StoreData(mailbox.HighestModSeq, [.. changed.Select(Tell)]);
    }

    static async IAsyncEnumerable<NewMessage> Single(NewMessage message)
    {
        await Task.CompletedTask;
        yield return message;
    }

    static async Task<List<(StoredContent Content, AppendOptions Options)>> ReadAsync(IAsyncEnumerable<NewMessage> messages, CancellationToken cancellationToken)
    {
        var read = new List<(StoredContent, AppendOptions)>();
        await foreach (var message in messages.WithCancellation(cancellationToken))
            read.Add((await StoredContent.ReadAsync(message.Body, cancellationToken), message.Options));
        return read;
    }

    AppendedData Append(Others.Place destination, List<(StoredContent Content, AppendOptions Options)> read, StoredMessage? replaced = null)
    {
        var (owner, target) = (destination.Owner, destination.Mailbox);
        // What makes room for it counts: who had that has less afterwards. RFC 8508 §3.4.
        var (lessBytes, lessMessages) = replaced is not null && owner == account ? (replaced.Content.Size, 1) : (0, 0);
        owner.RequireRoom(read.Sum(static each => each.Content.Size) - lessBytes, read.Count - lessMessages);
        var appended = read.ConvertAll(each =>
            new StoredMessage(default, each.Content, owner.Take(FlagRights.Allowed(each.Options.Flags, destination.Rights)), ToSeconds(each.Options.InternalDate ?? store.Now)));
        var uids = target.Add(appended, ToSeconds(store.Now));
        owner.Publish(target.Name, target);
        return new AppendedData(target.UidValidity, UidSet.From(uids));
    }

    CopyData Copy(Others.Place destination, List<StoredMessage> messages, bool leaves = false)
    {
        Others.Require(destination.Rights, MailboxRights.Insert);
        var target = destination.Mailbox;
        if (messages.Count == 0)
            return new CopyData(target.UidValidity, UidSet.Empty, UidSet.Empty);
        var owner = destination.Owner;
        // Whoever had them has no more afterwards.
        if (!leaves || owner != account)
            owner.RequireRoom(messages.Sum(static message => message.Content.Size), messages.Count);
        var uids = target.Add(messages.ConvertAll(message => message with { Flags = owner.Take(FlagRights.Allowed(message.Flags, destination.Rights)) }), ToSeconds(store.Now));
        owner.Publish(target.Name, target);
        return new CopyData(target.UidValidity, UidSet.From(messages.Select(static message => message.Uid)), UidSet.From(uids));
    }

    ExpungeData Remove(List<StoredMessage> messages)
    {
        if (messages.Count == 0)
            return ExpungeData.Nothing;
        var data = mailbox.Remove(messages);
        store.Publish(new ExpungeUpdate { Username = account.Username, Mailbox = mailbox.Name, Uids = data.Expunged, ModSeq = mailbox.HighestModSeq });
        return data;
    }

    /// <summary>Makes what is \Recent to nobody yet \Recent to this handle; under EXAMINE others get it all the same. RFC 3501 §2.3.2.</summary>
    /// <returns>The messages that were not \Recent to it for good before.</returns>
    List<Uid> TakeRecent()
    {
        var taken = mailbox.Messages.Keys.Where(uid => uid.Value > mailbox.RecentUid && recent.Add(uid)).ToList();
        if (takesRecent)
            mailbox.RecentUid = mailbox.NextUid - 1;
        return taken;
    }

    bool IsRecent(StoredMessage message) => message.Uid.Value > mailbox.RecentUid || recent.Contains(message.Uid);

    FlagSet FlagsOf(StoredMessage message) => IsRecent(message) ? message.Flags.Union(RecentFlag) : message.Flags;

    static DateTimeOffset ToSeconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    MessageFlags Tell(StoredMessage message) => new(message.Uid, FlagsOf(message), message.ModSeq);

    async Task<List<SearchCandidate>> FindAsync(SearchCriteria criteria, CancellationToken cancellationToken)
    {
        var keys = SearchKeys.Of(criteria);
        var candidates = await RunAsync(
            () =>
            {
                foreach (var key in keys.OfType<SearchKey.Sequence>())
                    mailbox.Find(key.Set);
                var now = store.Now;
                return mailbox.Messages.Values.Select((message, index) => Candidate(message, index, now)).ToList();
            },
            cancellationToken);
        var found = new List<SearchCandidate>();
        foreach (var candidate in candidates)
            if (await CriteriaMatcher.MatchesAsync(criteria.Key, candidate, cancellationToken))
                found.Add(candidate);
        return found;
    }

    async Task<List<SortableMessage>> FindSortableAsync(SearchCriteria criteria, CancellationToken cancellationToken)
    {
        var found = await FindAsync(criteria, cancellationToken);
        var messages = await RunAsync(() => mailbox.Find(UidSet.From(found.Select(static candidate => candidate.Uid))), cancellationToken);
        return messages.ConvertAll(static message => new SortableMessage(message.Uid, message.InternalDate, message.Content.Size, message.Content.SortValues));
    }

    SearchCandidate Candidate(StoredMessage message, int index, DateTimeOffset now) => new()
    {
        Uid = message.Uid,
        SequenceNumber = new SequenceNumber((uint)index + 1),
        HighestUid = mailbox.Messages.Keys[^1],
        HighestSequenceNumber = new SequenceNumber((uint)mailbox.Messages.Count),
        Flags = FlagsOf(message),
        InternalDate = message.InternalDate,
        SaveDate = message.SaveDate,
        ModSeq = message.ModSeq,
        Now = now,
        Size = message.Content.Size,
        EmailId = message.Content.EmailId,
        ThreadId = message.Content.ThreadId,
        SentDate = message.Content.Parsed.SentDate,
        Text = message.Content.Parsed.Text,
        OpenAsync = _ => ValueTask.FromResult<Stream>(new MemoryStream(message.Content.Octets.ToArray(), writable: false)),
    };
}
