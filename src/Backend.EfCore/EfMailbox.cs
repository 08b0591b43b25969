using Backend.EfCore.Entities;
using Backend.EfCore.Mailboxes;
using Backend.EfCore.Messages;
using Backend.EfCore.Search;
using Backend.EfCore.Sharing;
using Backend.EfCore.Sorting;
using Backend.EfCore.Writing;

namespace Backend.EfCore;

/// <inheritdoc cref="IMailbox"/>
sealed class EfMailbox(MailStoreDatabase database, MailboxHandle handle, KeywordDictionary keywords)
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
    /// <inheritdoc/>
    public MailboxName Name => handle.Name;

    /// <inheritdoc/>
    public MailboxId Id => MailboxStatuses.IdOf(handle.UserId, handle.MailboxId);

    /// <inheritdoc/>
    public Task<MailboxInfo> GetInfoAsync(CancellationToken cancellationToken) =>
        handle.Guest is not null ? new GuestView(database, handle).DescribeAsync(cancellationToken) :
        database.ReadConsistentlyAsync(handle.Lease, async (context, token) => await ListMailboxes.DescribeAsync(context, await FindAsync(context, token), token), cancellationToken);

    /// <inheritdoc/>
    public Task<SelectData> SelectAsync(SelectOptions options, CancellationToken cancellationToken) =>
        new SelectMailbox(database, handle, keywords).ExecuteAsync(options, cancellationToken);

    /// <inheritdoc/>
    public Task<MailboxChanges?> PollAsync(ModSeq since, CancellationToken cancellationToken) =>
        new PollMailbox(database, handle, keywords).ExecuteAsync(since, cancellationToken);

    /// <inheritdoc/>
    public Task<MailboxStatus> GetStatusAsync(StatusItems items, CancellationToken cancellationToken) =>
        // What is \Recent, or marked, is counted by a second query; all else is in one row.
        (items & (StatusItems.Recent | StatusItems.DeletedStorage)) != 0
            ? database.ReadConsistentlyAsync(handle.Lease, (context, token) => ReadStatusAsync(context, items, token), cancellationToken)
            : database.ReadAsync(handle.Lease, (context, token) => ReadStatusAsync(context, items, token), cancellationToken);

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken) => database.ReadAsync(handle.Lease, FindAsync, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<Message> ListMessagesAsync(NumberSet messages, FetchItems items, CancellationToken cancellationToken) =>
        new FetchMessages(database, handle, keywords, items).ExecuteAsync(messages, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<Message> ListChangedMessagesAsync(NumberSet messages, ModSeq since, FetchItems items, CancellationToken cancellationToken) =>
        new FetchMessages(database, handle, keywords, items) { Since = since }.ExecuteAsync(messages, cancellationToken);

    /// <inheritdoc/>
    public Task<UidSet> ListVanishedAsync(UidSet messages, ModSeq since, CancellationToken cancellationToken) =>
        database.ReadConsistentlyAsync(
            handle.Lease,
            async (context, token) => await VanishedMessages.FindAsync(database, context, await FindAsync(context, token), messages, since, token),
            cancellationToken);

    /// <inheritdoc/>
    public async Task<UidSet> SearchMessagesAsync(SearchCriteria criteria, CancellationToken cancellationToken) =>
        UidSet.From(await new SearchMessages(database, handle, keywords).ExecuteAsync(criteria, cancellationToken));

    /// <inheritdoc/>
    public Task<SequenceSet> SearchSequenceNumbersAsync(SearchCriteria criteria, CancellationToken cancellationToken) =>
        new SearchMessages(database, handle, keywords).ExecuteBySequenceAsync(criteria, cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableArray<Uid>> SortMessagesAsync(SearchCriteria criteria, ImmutableArray<SortCriterion> order, CancellationToken cancellationToken) =>
        new SortMessages(database, handle, keywords).ExecuteAsync(criteria, order, cancellationToken);

    /// <inheritdoc/>
    public Task<ImmutableArray<ThreadMember>> ThreadMessagesAsync(ThreadAlgorithm algorithm, SearchCriteria criteria, CancellationToken cancellationToken) =>
        new ThreadMessages(database, handle, keywords).ExecuteAsync(algorithm, criteria, cancellationToken);

    /// <inheritdoc/>
    public async Task<AppendData> CreateMessageAsync(Stream body, AppendOptions options, CancellationToken cancellationToken)
    {
        handle.RequireWritable();
        await using var arrived = new ArrivedMessages(database.Options);
        await arrived.AddAsync(new NewMessage(body, options), cancellationToken);
        var data = await AppendMessages.ExecuteAsync(database, handle, keywords, arrived, cancellationToken);
        return new AppendData(data.UidValidity, data.Uids.Enumerate().Single());
    }

    /// <inheritdoc/>
    public async Task<AppendedData> CreateMessagesAsync(IAsyncEnumerable<NewMessage> messages, CancellationToken cancellationToken)
    {
        handle.RequireWritable();
        await using var arrived = new ArrivedMessages(database.Options);
        await foreach (var message in messages.WithCancellation(cancellationToken))
            await arrived.AddAsync(message, cancellationToken);
        return await AppendMessages.ExecuteAsync(database, handle, keywords, arrived, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ReplaceData> ReplaceMessageAsync(Uid uid, MailboxName destination, NewMessage message, CancellationToken cancellationToken)
    {
        handle.RequireWritable();
        await using var arrived = new ArrivedMessages(database.Options);
        await arrived.AddAsync(message, cancellationToken);
        var target = await FindOthersAsync(destination, cancellationToken);
        var session = handle.Others?.Lease ?? handle.Lease;
        var data = await WriteAsync(ReplaceMessage.Needs, (scope, token) => new ReplaceMessage(database, handle, scope, session, target).ExecuteAsync(uid, destination, arrived, token), cancellationToken);
        database.TextIndexer.Wake(target?.OwnerId ?? session.UserId);
        database.Sweep.Wake(handle.UserId);
        return data;
    }

    /// <inheritdoc/>
    public async Task<StoreData> UpdateMessagesFlagsAsync(NumberSet messages, FlagsOperation operation, FlagSet flags, CancellationToken cancellationToken) =>
        (await WriteAsync(MailboxRights.Read, (scope, token) => new StoreFlags(database, handle, keywords).ExecuteAsync(scope, messages, operation, flags, token), cancellationToken)).Stored;

    /// <inheritdoc/>
    public Task<ConditionalStoreData> UpdateUnchangedMessagesFlagsAsync(NumberSet messages, ModSeq unchangedSince, FlagsOperation operation, FlagSet flags, CancellationToken cancellationToken) =>
        WriteAsync(
            MailboxRights.Read,
            (scope, token) => new StoreFlags(database, handle, keywords) { UnchangedSince = unchangedSince }.ExecuteAsync(scope, messages, operation, flags, token),
            cancellationToken);

    /// <inheritdoc/>
    public async Task<CopyData> CopyMessagesAsync(NumberSet messages, MailboxName destination, CancellationToken cancellationToken)
    {
        if (await TransferAsync(destination, cancellationToken) is { } transfer)
            return await transfer.CopyAsync(messages, cancellationToken);
        return await database.WriteAsync(handle.LeaseFor(MailboxRights.Read), (scope, token) => new CopyMessages(database, handle, scope).CopyAsync(messages, destination, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<MoveData> MoveMessagesAsync(NumberSet messages, MailboxName destination, CancellationToken cancellationToken)
    {
        handle.RequireWritable();
        if (await TransferAsync(destination, cancellationToken) is { } transfer)
            return await transfer.MoveAsync(messages, cancellationToken);
        return await WriteAsync(MailboxRights.All, (scope, token) => new CopyMessages(database, handle, scope).MoveAsync(messages, destination, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ExpungeData> ExpungeAsync(UidSet? uids, CancellationToken cancellationToken)
    {
        var data = await WriteAsync(MailboxRights.Read | MailboxRights.Expunge, (scope, token) => new ExpungeMessages(database, handle).ExecuteAsync(scope, uids, token), cancellationToken);
        if (data.ModSeq is not null)
            database.Sweep.Wake(handle.UserId);
        return data;
    }

    async Task<MailboxStatus> ReadStatusAsync(MailStoreContext context, StatusItems items, CancellationToken cancellationToken)
    {
        var found = await database.Queries.Mailboxes.ByIdWithKeywords(context, handle.UserId, handle.MailboxId, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(handle.Name);
        await keywords.CatchUpAsync(context, found.Keywords, cancellationToken);
        return await MailboxStatuses.ExecuteAsync(database, context, handle, keywords, found.Mailbox, items, cancellationToken);
    }

    /// <summary>How messages get from here to a mailbox when one of the two is somebody else's; null when neither is.</summary>
    async ValueTask<GuestTransfer?> TransferAsync(MailboxName destination, CancellationToken cancellationToken)
    {
        if (handle.Others is not { } others)
            return null;
        var target = await FindOthersAsync(destination, cancellationToken);
        return handle.Guest is null && target is null ? null : new GuestTransfer(database, handle, keywords, others.Lease, destination, target);
    }

    /// <summary>The mailbox of this name if it is somebody else's; null when it is not.</summary>
    async ValueTask<OthersMailbox?> FindOthersAsync(MailboxName name, CancellationToken cancellationToken) =>
        handle.Others is { } others && await others.IncludesAsync(name, cancellationToken)
            ? await others.FindAsync(name, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(name)
            : null;

    Task<TResult> WriteAsync<TResult>(MailboxRights needs, Func<WriteScope, CancellationToken, Task<TResult>> operation, CancellationToken cancellationToken)
    {
        handle.RequireWritable();
        return database.WriteAsync(handle.LeaseFor(needs), operation, cancellationToken);
    }

    async Task<MailboxEntity> FindAsync(MailStoreContext context, CancellationToken cancellationToken) =>
        await database.Queries.Mailboxes.ById(context, handle.UserId, handle.MailboxId, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(handle.Name);
}
