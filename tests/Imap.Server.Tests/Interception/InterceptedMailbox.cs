using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Imap.Server.Tests.Interception;

/// <summary>A mailbox behind an <see cref="InterceptedBackend"/>.</summary>
sealed class InterceptedMailbox(InterceptedBackend backend, IMailbox mailbox)
    : IMoveMailbox,
        IUpdaterMailbox,
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
    public MailboxName Name => mailbox.Name;

    public MailboxId Id => ((IMailboxIds)mailbox).Id;

    public Task<MailboxInfo> GetInfoAsync(CancellationToken cancellationToken) => Before("info").GetInfoAsync(cancellationToken);

    public Task<SelectData> SelectAsync(SelectOptions options, CancellationToken cancellationToken) => Before("select").SelectAsync(options, cancellationToken);

    public Task<MailboxStatus> GetStatusAsync(StatusItems items, CancellationToken cancellationToken) => Before("status").GetStatusAsync(items, cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => Before("check").CheckAsync(cancellationToken);

    public async IAsyncEnumerable<Message> ListMessagesAsync(NumberSet messages, FetchItems items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Before("fetch");
        backend.ListingBegins();
        try
        {
            await foreach (var message in mailbox.ListMessagesAsync(messages, items, cancellationToken))
                yield return message with { Sections = [.. message.Sections.Select(Wrap)] };
        }
        finally
        {
            backend.ListingEnds();
        }
    }

    public Task<UidSet> SearchMessagesAsync(SearchCriteria criteria, CancellationToken cancellationToken) => Before("search").SearchMessagesAsync(criteria, cancellationToken);

    public Task<SequenceSet> SearchSequenceNumbersAsync(SearchCriteria criteria, CancellationToken cancellationToken) =>
        Before("search").SearchSequenceNumbersAsync(criteria, cancellationToken);

    public Task<ImmutableArray<Uid>> SortMessagesAsync(SearchCriteria criteria, ImmutableArray<SortCriterion> order, CancellationToken cancellationToken) =>
        ((ISortMailbox)Before("sort")).SortMessagesAsync(criteria, order, cancellationToken);

    public Task<ImmutableArray<ThreadMember>> ThreadMessagesAsync(ThreadAlgorithm algorithm, SearchCriteria criteria, CancellationToken cancellationToken) =>
        ((IThreadMailbox)Before("thread")).ThreadMessagesAsync(algorithm, criteria, cancellationToken);

    public Task<AppendData> CreateMessageAsync(Stream body, AppendOptions options, CancellationToken cancellationToken) =>
        Before("append").CreateMessageAsync(body, options, cancellationToken);

    public Task<AppendedData> CreateMessagesAsync(IAsyncEnumerable<NewMessage> messages, CancellationToken cancellationToken) =>
        ((IMultiAppendMailbox)Before("append")).CreateMessagesAsync(messages, cancellationToken);

    public Task<ReplaceData> ReplaceMessageAsync(Uid uid, MailboxName destination, NewMessage message, CancellationToken cancellationToken) =>
        ((IReplaceMailbox)Before("replace")).ReplaceMessageAsync(uid, destination, message, cancellationToken);

    public Task<StoreData> UpdateMessagesFlagsAsync(NumberSet messages, FlagsOperation operation, FlagSet flags, CancellationToken cancellationToken) =>
        Before("store").UpdateMessagesFlagsAsync(messages, operation, flags, cancellationToken);

    public Task<CopyData> CopyMessagesAsync(NumberSet messages, MailboxName destination, CancellationToken cancellationToken) =>
        Before("copy").CopyMessagesAsync(messages, destination, cancellationToken);

    public Task<ExpungeData> ExpungeAsync(UidSet? uids, CancellationToken cancellationToken) => Before("expunge").ExpungeAsync(uids, cancellationToken);

    public Task<MoveData> MoveMessagesAsync(NumberSet messages, MailboxName destination, CancellationToken cancellationToken) =>
        ((IMoveMailbox)Before("move")).MoveMessagesAsync(messages, destination, cancellationToken);

    public Task<MailboxChanges?> PollAsync(ModSeq since, CancellationToken cancellationToken) => ((IUpdaterMailbox)Before("poll")).PollAsync(since, cancellationToken);

    public IAsyncEnumerable<Message> ListChangedMessagesAsync(NumberSet messages, ModSeq since, FetchItems items, CancellationToken cancellationToken) =>
        ((ICondstoreMailbox)Before("fetch")).ListChangedMessagesAsync(messages, since, items, cancellationToken);

    public Task<ConditionalStoreData> UpdateUnchangedMessagesFlagsAsync(NumberSet messages, ModSeq unchangedSince, FlagsOperation operation, FlagSet flags, CancellationToken cancellationToken) =>
        ((ICondstoreMailbox)Before("store")).UpdateUnchangedMessagesFlagsAsync(messages, unchangedSince, operation, flags, cancellationToken);

    public Task<UidSet> ListVanishedAsync(UidSet messages, ModSeq since, CancellationToken cancellationToken) =>
        ((IQresyncMailbox)Before("vanished")).ListVanishedAsync(messages, since, cancellationToken);

    IMailbox Before(string operation)
    {
        backend.Before(operation);
        return mailbox;
    }

    FetchedSection Wrap(FetchedSection section) => section.Content is null ? section : section with { Content = new InterceptedOctets(backend, section.Content) };
}
