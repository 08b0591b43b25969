namespace Backend.Specification.Tests.Steps;

/// <summary>What tests do with a mailbox, in few words.</summary>
public static class MailboxSteps
{
    const StatusItems EveryItem = StatusItems.Messages | StatusItems.Recent | StatusItems.UidNext | StatusItems.UidValidity
        | StatusItems.Unseen | StatusItems.Deleted | StatusItems.Size | StatusItems.HighestModSeq;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<AppendData> CreateMessageAsync(this IMailbox mailbox, byte[] message, AppendOptions? options = null) =>
        mailbox.CreateMessageAsync(new MemoryStream(message), options ?? AppendOptions.Default, Token);

    /// <summary>Appends these octets.</summary>
    public static async Task<Uid> AppendAsync(this IMailbox mailbox, byte[] message, params Flag[] flags) =>
        (await mailbox.CreateMessageAsync(message, new AppendOptions { Flags = FlagSet.Of(flags) })).Uid;

    /// <summary>Appends a small message with this subject.</summary>
    public static Task<Uid> AppendAsync(this IMailbox mailbox, string subject = "A message", params Flag[] flags) =>
        mailbox.AppendAsync(Mail.Of(subject), flags);

    /// <summary>Appends messages together.</summary>
    public static Task<AppendedData> AppendTogetherAsync(this IMailbox mailbox, params NewMessage[] messages) =>
        mailbox.AppendTogetherAsync(messages.ToAsyncEnumerable());

    /// <summary>Appends messages together.</summary>
    public static Task<AppendedData> AppendTogetherAsync(this IMailbox mailbox, IAsyncEnumerable<NewMessage> messages) =>
        Assert.IsAssignableFrom<IMultiAppendMailbox>(mailbox).CreateMessagesAsync(messages, Token);

    /// <summary>Appends small messages, one after the other.</summary>
    public static async Task<Uid[]> AppendManyAsync(this IMailbox mailbox, int count)
    {
        var uids = new Uid[count];
        for (var i = 0; i < count; i++)
            uids[i] = await mailbox.AppendAsync($"Message {i + 1}");
        return uids;
    }

    public static Task<SelectData> SelectAsync(this IMailbox mailbox) => mailbox.SelectAsync(SelectOptions.ReadWrite, Token);

    public static Task<SelectData> ExamineAsync(this IMailbox mailbox) => mailbox.SelectAsync(SelectOptions.ReadOnly, Token);

    public static Task<MailboxStatus> StatusAsync(this IMailbox mailbox) => mailbox.GetStatusAsync(EveryItem, Token);

    /// <summary>Lists messages and reads their sections.</summary>
    public static async Task<List<FetchedMessage>> ListAsync(this IMailbox mailbox, NumberSet messages, FetchItems items)
    {
        var list = new List<FetchedMessage>();
        await foreach (var message in mailbox.ListMessagesAsync(messages, items, Token))
        {
            var octets = new List<byte[]?>();
            foreach (var section in message.Sections)
                octets.Add(section.Content is { } content ? await content.ToArrayAsync(Token) : null);
            list.Add(new FetchedMessage(message, [.. octets]));
        }

        return list;
    }

    public static Task<List<FetchedMessage>> ListAsync(this IMailbox mailbox, NumberSet messages, FetchAttributes attributes) =>
        mailbox.ListAsync(messages, new FetchItems { Attributes = attributes });

    /// <summary>The UIDs of all messages, or of these, in the order listed.</summary>
    public static async Task<Uid[]> UidsAsync(this IMailbox mailbox, NumberSet? messages = null) =>
        [.. (await mailbox.ListAsync(messages ?? UidSet.All, FetchItems.UidOnly)).Select(static message => message.Uid)];

    /// <summary>The one message with this UID.</summary>
    public static async Task<FetchedMessage> FetchAsync(this IMailbox mailbox, Uid uid, FetchAttributes attributes) =>
        Assert.Single(await mailbox.ListAsync(UidSet.Of(uid), attributes));

    /// <summary>The flags of a message but \Recent, which depends on the handle: see <see cref="IsRecentAsync"/>.</summary>
    public static async Task<FlagSet> FlagsAsync(this IMailbox mailbox, Uid uid) =>
        (await mailbox.FetchAsync(uid, FetchAttributes.Flags)).Flags!.WithoutRecent();

    /// <summary>Whether the message is \Recent to this handle.</summary>
    public static async Task<bool> IsRecentAsync(this IMailbox mailbox, Uid uid) =>
        (await mailbox.FetchAsync(uid, FetchAttributes.Flags)).Flags!.Contains(Flag.Recent);

    /// <summary>
    /// Flags that can be compared: whether a handle that has neither selected nor examined shows \Recent is left open.
    /// </summary>
    public static FlagSet WithoutRecent(this FlagSet flags) => flags.Except(FlagSet.Of(Flag.Recent));

    public static async Task<ModSeq> ModSeqAsync(this IMailbox mailbox, Uid uid) =>
        (await mailbox.FetchAsync(uid, FetchAttributes.ModSeq)).ModSeq!.Value;

    /// <summary>One section of one message.</summary>
    public static async Task<byte[]?> SectionAsync(this IMailbox mailbox, Uid uid, Section section, SectionPartial? partial = null) =>
        Assert.Single(await mailbox.ListAsync(UidSet.Of(uid), new FetchItems { Sections = [new SectionItem(section, partial)] })).Octets[0];

    /// <summary>A whole message.</summary>
    public static async Task<byte[]> BodyAsync(this IMailbox mailbox, Uid uid) => (await mailbox.SectionAsync(uid, Section.Whole))!;

    public static Task<StoreData> StoreAsync(this IMailbox mailbox, NumberSet messages, FlagsOperation operation, params Flag[] flags) =>
        mailbox.UpdateMessagesFlagsAsync(messages, operation, FlagSet.Of(flags), Token);

    public static Task<StoreData> AddAsync(this IMailbox mailbox, Uid uid, params Flag[] flags) =>
        mailbox.StoreAsync(UidSet.Of(uid), FlagsOperation.Add, flags);

    public static Task<StoreData> RemoveAsync(this IMailbox mailbox, Uid uid, params Flag[] flags) =>
        mailbox.StoreAsync(UidSet.Of(uid), FlagsOperation.Remove, flags);

    public static Task<StoreData> ReplaceAsync(this IMailbox mailbox, Uid uid, params Flag[] flags) =>
        mailbox.StoreAsync(UidSet.Of(uid), FlagsOperation.Replace, flags);

    public static Task<ExpungeData> ExpungeAsync(this IMailbox mailbox, UidSet? uids = null) => mailbox.ExpungeAsync(uids, Token);

    public static Task<CopyData> CopyAsync(this IMailbox mailbox, NumberSet messages, string destination) =>
        mailbox.CopyMessagesAsync(messages, MailboxName.Parse(destination), Token);

    public static Task<MoveData> MoveAsync(this IMailbox mailbox, NumberSet messages, string destination) =>
        Assert.IsAssignableFrom<IMoveMailbox>(mailbox).MoveMessagesAsync(messages, MailboxName.Parse(destination), Token);

    public static Task<MailboxChanges?> PollAsync(this IMailbox mailbox, ModSeq since) =>
        Assert.IsAssignableFrom<IUpdaterMailbox>(mailbox).PollAsync(since, Token);

    /// <summary>The UIDs that a search finds, ascending.</summary>
    public static async Task<Uid[]> SearchAsync(this IMailbox mailbox, SearchKey key) =>
        [.. (await mailbox.SearchMessagesAsync(new SearchCriteria(key), Token)).Enumerate()];

    /// <summary>The UIDs of the messages that a search finds, in this order.</summary>
    public static async Task<Uid[]> SortAsync(this IMailbox mailbox, SearchKey key, params SortCriterion[] order) =>
        [.. await Assert.IsAssignableFrom<ISortMailbox>(mailbox).SortMessagesAsync(new SearchCriteria(key), [.. order], Token)];

    public static Task<Uid[]> SortAsync(this IMailbox mailbox, params SortCriterion[] order) => mailbox.SortAsync(new SearchKey.All(), order);

    public static Task<Uid[]> SortAsync(this IMailbox mailbox, SearchKey key, SortField field) => mailbox.SortAsync(key, new SortCriterion(field));

    public static Task<Uid[]> SortAsync(this IMailbox mailbox, SortField first, params SortField[] then) =>
        mailbox.SortAsync([new SortCriterion(first), .. then.Select(static field => new SortCriterion(field))]);

    public static async Task<ImmutableArray<ThreadMember>> ThreadAsync(this IMailbox mailbox, ThreadAlgorithm algorithm, SearchKey key) =>
        await Assert.IsAssignableFrom<IThreadMailbox>(mailbox).ThreadMessagesAsync(algorithm, new SearchCriteria(key), Token);

    /// <summary>Takes messages out of the mailbox in one go.</summary>
    public static async Task DiscardAsync(this IMailbox mailbox, params Uid[] uids)
    {
        var set = UidSet.From(uids);
        await mailbox.StoreAsync(set, FlagsOperation.Add, Flag.Deleted);
        await mailbox.ExpungeAsync(set);
    }
}
