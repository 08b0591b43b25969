namespace Backend.Specification.Tests.Models;

/// <summary>One connection of the user of a <see cref="Side"/>, with a handle on one mailbox at a time.</summary>
sealed class Session(Side side, IUser user, IMailbox inbox)
{
    const StatusItems EveryItem = StatusItems.Messages | StatusItems.Recent | StatusItems.UidNext | StatusItems.UidValidity
        | StatusItems.Unseen | StatusItems.Deleted | StatusItems.Size | StatusItems.HighestModSeq;

    readonly AnswerText text = side.Text;
    IMailbox mailbox = inbox;

    /// <summary>Where the session has stood in its mailbox, the latest last.</summary>
    List<ModSeq> stands = [ModSeq.Zero];

    public IUser User => user;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    ModSeq Since => stands[^1];

    public async Task<Answer> DoAsync(Func<CancellationToken, Task> act)
    {
        await act(Token);
        return new Answer("done");
    }

    public async Task<Answer> ListAsync(bool subscribed) =>
        new(string.Join(", ", (await user.ListMailboxesAsync(subscribed, Token)).Select(static info => $"{info.Name} {info.Attributes} {info.SpecialUse}")));

    public async Task<Answer> OpenAsync(MailboxName name)
    {
        mailbox = await user.GetMailboxAsync(name, Token);
        stands = [ModSeq.Zero];
        return new Answer($"opened {mailbox.Name}");
    }

    public async Task<Answer> SelectAsync(bool examine)
    {
        var data = await mailbox.SelectAsync(examine ? SelectOptions.ReadOnly : SelectOptions.ReadWrite, Token);
        stands.Add(data.HighestModSeq);
        return new Answer($"uids {UidSet.From(data.Uids)} {text.Recent(data.Recent)} first unseen {data.FirstUnseen} next {data.UidNext} permanent {AnswerText.Permanent(data.PermanentFlags, data.Flags)}") { Flags = data.Flags };
    }

    public async Task<Answer> PollAsync(int back)
    {
        var since = StandOf(back);
        var changes = await Assert.IsAssignableFrom<IUpdaterMailbox>(mailbox).PollAsync(since, Token);
        if (changes is null)
            return new Answer("nothing");
        stands.Add(changes.HighestModSeq);
        var order = new ModSeqOrder([since, changes.HighestModSeq, .. changes.Changed.Select(static message => message.ModSeq)]);
        var told = $"next {changes.UidNext} {text.Recent(changes.Recent)} modseq {order.Of(changes.HighestModSeq)} changed {string.Join(", ", changes.Changed.Select(message => text.Of(message, order)))}";
        return new Answer(told) { Gone = changes.Expunged, Flags = changes.Flags };
    }

    public async Task<Answer> StatusAsync()
    {
        var status = await mailbox.GetStatusAsync(EveryItem, Token);
        return new Answer(
            $"{await DescribeAsync(status)} messages {status.Messages} {text.Recent(status.Recent)} next {status.UidNext} unseen {status.Unseen} "
            + $"deleted {status.Deleted} size {status.Size} modseq {new ModSeqOrder([Since, status.HighestModSeq!.Value]).Of(status.HighestModSeq.Value)} permanent {AnswerText.Permanent(status.PermanentFlags, status.Flags)}")
        { Flags = status.Flags };
    }

    public async Task<Answer> AppendAsync(int mail, FlagSet flags, int hours)
    {
        DateTimeOffset? date = hours == 0 ? null : new DateTimeOffset(2024, 2, 27, 0, 30, 0, TimeSpan.FromHours(13)).AddHours(hours);
        using var body = new MemoryStream(ModelMail.Octets(mail));
        var data = await mailbox.CreateMessageAsync(body, new AppendOptions { Flags = flags, InternalDate = date }, Token);
        return new Answer($"uid {data.Uid} {(side.IsInTurn ? $"validity {await CompareAsync(data.UidValidity, mailbox)}" : "")}");
    }

    public async Task<Answer> StoreAsync(NumberSet messages, FlagsOperation operation, FlagSet flags) =>
        new(Tell(await mailbox.UpdateMessagesFlagsAsync(messages, operation, flags, Token)));

    public async Task<Answer> CopyAsync(NumberSet messages, MailboxName destination) =>
        new(await TellAsync(await mailbox.CopyMessagesAsync(messages, destination, Token), destination));

    public async Task<Answer> MoveAsync(NumberSet messages, MailboxName destination)
    {
        var data = await Assert.IsAssignableFrom<IMoveMailbox>(mailbox).MoveMessagesAsync(messages, destination, Token);
        return new Answer($"{await TellAsync(data.Copied, destination)} {Tell(data.Expunged)}");
    }

    public async Task<Answer> ExpungeAsync(UidSet? uids) => new(Tell(await mailbox.ExpungeAsync(uids, Token)));

    public async Task<Answer> FetchAsync(NumberSet messages, FetchItems items)
    {
        var listed = await mailbox.ListAsync(messages, items);
        var order = new ModSeqOrder([Since, .. listed.Select(static message => message.ModSeq ?? ModSeq.Zero)]);
        return new Answer(string.Join("\n", listed.Select(message => text.Of(message, order))));
    }

    public async Task<Answer> SearchAsync(SearchKey key, bool byNumber) => new(byNumber
        ? $"numbers {await mailbox.SearchSequenceNumbersAsync(new SearchCriteria(key), Token)}"
        : $"uids {await mailbox.SearchMessagesAsync(new SearchCriteria(key), Token)}");

    public async Task<Answer> SortAsync(SearchKey key, ImmutableArray<SortCriterion> order) =>
        new($"uids {string.Join(' ', await Assert.IsAssignableFrom<ISortMailbox>(mailbox).SortMessagesAsync(new SearchCriteria(key), order, Token))}");

    public async Task<Answer> ThreadAsync(SearchKey key, ThreadAlgorithm algorithm) =>
        new($"threads {string.Join(' ', await Assert.IsAssignableFrom<IThreadMailbox>(mailbox).ThreadMessagesAsync(algorithm, new SearchCriteria(key), Token))}");

    public async Task<Answer> StoreUnchangedAsync(NumberSet messages, int back, FlagsOperation operation, FlagSet flags)
    {
        var data = await Assert.IsAssignableFrom<ICondstoreMailbox>(mailbox).UpdateUnchangedMessagesFlagsAsync(messages, StandOf(back), operation, flags, Token);
        return new Answer($"{Tell(data.Stored)} modified {data.Modified}");
    }

    public async Task<Answer> FetchChangedAsync(NumberSet messages, int back)
    {
        var listed = await Assert.IsAssignableFrom<ICondstoreMailbox>(mailbox).ListChangedMessagesAsync(messages, StandOf(back), FetchItems.FlagsOnly, Token).ToListAsync(Token);
        return new Answer(string.Join(", ", listed.Select(static message => $"{message.Uid} as {message.SequenceNumber}")));
    }

    public async Task<Answer> ForgetAsync()
    {
        await side.ForgetAsync();
        return new Answer("forgotten");
    }

    ModSeq StandOf(int back) => stands[Math.Max(stands.Count - 1 - back, 0)];

    string Tell(StoreData data)
    {
        var order = new ModSeqOrder([Since, .. data.Changed.Select(static message => message.ModSeq), data.ModSeq ?? ModSeq.Zero]);
        return $"changed {string.Join(", ", data.Changed.Select(message => text.Of(message, order)))} modseq {(data.ModSeq is { } modSeq ? order.Of(modSeq) : "none")}";
    }

    string Tell(ExpungeData data) =>
        $"expunged {data.Expunged} modseq {(data.ModSeq is { } modSeq ? new ModSeqOrder([Since, modSeq]).Of(modSeq) : "none")}";

    async Task<string> DescribeAsync(MailboxStatus status)
    {
        if (!side.IsInTurn)
            return status.Name.Value;
        var info = await mailbox.GetInfoAsync(Token);
        return $"{info.Name} {info.Attributes} {info.SpecialUse} {(info.Name == status.Name ? "" : $"or {status.Name}")} validity {side.Compare(status)}";
    }

    async Task<string> TellAsync(CopyData data, MailboxName destination)
    {
        var copied = $"{data.Source} became {data.Destination}";
        return side.IsInTurn ? $"{copied} validity {await CompareAsync(data.UidValidity, await user.GetMailboxAsync(destination, Token))}" : copied;
    }

    static async Task<string> CompareAsync(UidValidity validity, IMailbox mailbox) =>
        validity == (await mailbox.GetStatusAsync(StatusItems.UidValidity, Token)).UidValidity ? "as told" : "not as told";
}
