namespace MailStore.Tests.Support;

/// <summary>A mailbox of an <see cref="ObservedUser"/>.</summary>
sealed class ObservedMailbox(IMailbox mailbox, ObservedUser user) : IMailbox
{
    public MailboxName Name => mailbox.Name;

    public Task<AppendData> CreateMessageAsync(Stream body, AppendOptions options, CancellationToken cancellationToken) =>
        user.AppendAsync(mailbox, body, options, cancellationToken);

    public IAsyncEnumerable<Message> ListMessagesAsync(NumberSet messages, FetchItems items, CancellationToken cancellationToken) =>
        mailbox.ListMessagesAsync(messages, items, cancellationToken);

    public Task<MailboxStatus> GetStatusAsync(StatusItems items, CancellationToken cancellationToken) => mailbox.GetStatusAsync(items, cancellationToken);

    public Task<MailboxInfo> GetInfoAsync(CancellationToken cancellationToken) => mailbox.GetInfoAsync(cancellationToken);

    public Task<SelectData> SelectAsync(SelectOptions options, CancellationToken cancellationToken) => mailbox.SelectAsync(options, cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => mailbox.CheckAsync(cancellationToken);

    public Task<UidSet> SearchMessagesAsync(SearchCriteria criteria, CancellationToken cancellationToken) => mailbox.SearchMessagesAsync(criteria, cancellationToken);

    public Task<SequenceSet> SearchSequenceNumbersAsync(SearchCriteria criteria, CancellationToken cancellationToken) =>
        mailbox.SearchSequenceNumbersAsync(criteria, cancellationToken);

    public Task<StoreData> UpdateMessagesFlagsAsync(NumberSet messages, FlagsOperation operation, FlagSet flags, CancellationToken cancellationToken) =>
        mailbox.UpdateMessagesFlagsAsync(messages, operation, flags, cancellationToken);

    public Task<CopyData> CopyMessagesAsync(NumberSet messages, MailboxName destination, CancellationToken cancellationToken) =>
        mailbox.CopyMessagesAsync(messages, destination, cancellationToken);

    public Task<ExpungeData> ExpungeAsync(UidSet? uids, CancellationToken cancellationToken) => mailbox.ExpungeAsync(uids, cancellationToken);
}
