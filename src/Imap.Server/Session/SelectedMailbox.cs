using Imap.Server.Wire;

namespace Imap.Server.Session;

/// <summary>The mailbox that a session has selected: the handle on it, and what the client knows of it.</summary>
sealed class SelectedMailbox
{
    // How many changes are kept, at least, before it is looked which of them are out of date.
    const int MinKept = 512;

    static readonly FlagSet Recent = FlagSet.Of(Flag.Recent);

    readonly List<MessageFlags> changed = [];
    readonly HashSet<ModSeq> toldBefore = [];
    FlagSet flags;
    FlagSet flagsTold;
    FlagSet permanentFlagsTold;
    int recentTold;
    ModSeq synchronized;
    ModSeq highestSent;
    bool toldLess;
    bool hasRemoved;

    /// <summary>A mailbox as SELECT found it; the command tells the client.</summary>
    public SelectedMailbox(IMailbox mailbox, SelectData data, bool isReadOnly)
    {
        Mailbox = mailbox;
        IsReadOnly = isReadOnly;
        UidValidity = data.UidValidity;
        View = new MailboxView(data.Uids, data.Recent);
        synchronized = Told = data.HighestModSeq;
        flags = flagsTold = data.Flags;
        PermanentFlags = permanentFlagsTold = data.PermanentFlags;
        recentTold = View.RecentCount;
    }

    /// <summary>The handle.</summary>
    public IMailbox Mailbox { get; }

    /// <summary>The validity of its UIDs.</summary>
    public UidValidity UidValidity { get; }

    /// <summary>Whether it was opened by EXAMINE.</summary>
    public bool IsReadOnly { get; }

    /// <summary>The flags that the user may change for good, as far as has been heard.</summary>
    public FlagSet PermanentFlags { get; private set; }

    /// <summary>What the client has been told of.</summary>
    public MailboxView View { get; }

    /// <summary>Up to which modification sequence the client has been told everything: what it may continue from when it comes again. RFC 7162 §6.</summary>
    public ModSeq Told { get; private set; }

    /// <summary>Takes note that the client is told a message's modification sequence.</summary>
    public void Tell(ModSeq modSeq) => highestSent = modSeq > highestSent ? modSeq : highestSent;

    /// <summary>
    /// What <c>$</c> stands for. By UID, so that messages that are gone drop out by themselves. None at first: SELECT forgets what was saved. RFC 5182 §2.1.
    /// </summary>
    public UidSet SavedResult { get; set; } = UidSet.Empty;

    /// <summary>The modification sequence up to which changes have been heard of.</summary>
    public ModSeq Synchronized => synchronized;

    /// <summary>Who tells the client more of what changes here.</summary>
    public List<IMailboxFollower> Followers { get; } = [];

    /// <summary>Learns what happened since the last time. The client is not told yet.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.NoSuchMailbox"/>: somebody has deleted the mailbox.</exception>
    public async ValueTask PollAsync(CancellationToken cancellationToken)
    {
        if (Mailbox is not IUpdaterMailbox updater || await updater.PollAsync(synchronized, cancellationToken) is not { } changes)
            return;
        synchronized = changes.HighestModSeq;
        flags = changes.Flags;
        PermanentFlags = changes.PermanentFlags ?? PermanentFlags;
        foreach (var message in changes.Changed)
            if (!View.TryAdd(message.Uid) && !toldBefore.Contains(message.ModSeq))
                changed.Add(message);
        Touch(changes.Changed);
        View.AddRecent(changes.Recent);
        View.Expunge(changes.Expunged);
        toldBefore.Clear();
    }

    /// <summary>
    /// Copies or moves messages. If the client names one by its number that is gone, nothing is done: it would be a part of what was asked
    /// for (RFC 2180 §4.4.1). If it is this mailbox that is gone, the destination is not what is missing (RFC 9051 §6.4.7).
    /// </summary>
    /// <param name="messages">The messages as the client named them.</param>
    /// <param name="transfer">Copies or moves these.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<TData> TransferAsync<TData>(NumberSet messages, Func<UidSet, Task<TData>> transfer, CancellationToken cancellationToken)
    {
        try
        {
            return await transfer(await ResolvePresentAsync(messages, cancellationToken));
        }
        catch (BackendException exception) when (exception.Error == BackendError.NoSuchMailbox)
        {
            if (await IsThereAsync(cancellationToken))
                throw;
            throw new CommandRefusedException(ResponseCode.NonExistent, exception.Message);
        }
    }

    /// <summary>
    /// Takes note of a change of flags that this session made, so that it does not hear of it again. Where somebody else changed something
    /// in between, the client cannot have worked out the flags by itself, and hears of them unless they were told in full.
    /// RFC 9051 §6.4.6 (the note on .SILENT).
    /// </summary>
    /// <param name="data">What the change did.</param>
    /// <param name="inFull">Whether the client is told all flags of what changed.</param>
    public void Stored(StoreData data, bool inFull)
    {
        if (data.ModSeq is not { } modSeq)
            return;
        foreach (var message in data.Changed)
            flags = flags.Union(message.Flags.Except(Recent));
        Touch(data.Changed);
        if (modSeq.Value == synchronized.Value + 1)
            synchronized = modSeq;
        else if (inFull)
            toldBefore.Add(modSeq);
    }

    /// <summary>Takes note of messages that this session had removed.</summary>
    public void Removed(UidSet uids)
    {
        View.Expunge(uids);
        hasRemoved |= !uids.IsEmpty;
    }

    /// <summary>Lets the followers look at what has happened.</summary>
    public async ValueTask FollowAsync(CancellationToken cancellationToken)
    {
        foreach (var follower in Followers)
            await follower.LookAsync(cancellationToken);
    }

    void Touch(ImmutableArray<MessageFlags> messages)
    {
        foreach (var follower in Followers)
            foreach (var message in messages)
                follower.Touch(message.Uid);
    }

    /// <summary>Tells the client which flags there are, if that has changed: before it sees a keyword on a message.</summary>
    public void AnnounceFlags(UpdateWriter updates)
    {
        if (!flags.Equals(flagsTold))
            updates.Flags(flagsTold = flags);
    }

    /// <summary>
    /// Tells the client what it may hear now: what is gone and what is new, then flags in the order of their changes, so that a client that
    /// has heard of a modification sequence has heard of all before it. RFC 9051 §5.2, §7.5.1; RFC 7162 §3.2.
    /// </summary>
    /// <param name="updates">Tells it.</param>
    /// <param name="news">What it wants to hear. RFC 5465 §5.</param>
    /// <returns>How many messages the client knows that are not new to it.</returns>
    public async ValueTask<int> AnnounceAsync(UpdateWriter updates, SelectedNews news)
    {
        if (news == SelectedNews.None)
        {
            await AnnounceOwnAsync(updates);
            return View.Count;
        }

        await AnnounceGoneAsync(updates);
        AnnounceFlags(updates);
        AnnouncePermanentFlags(updates);
        if (!news.HasFlag(SelectedNews.Flags))
            changed.Clear();
        var known = View.Count;
        if (View.HasNew)
            updates.Exists(View.TakeNew());
        if (View.RecentCount != recentTold)
            updates.Recent(recentTold = View.RecentCount);
        changed.Sort(static (a, b) => a.ModSeq.CompareTo(b.ModSeq));
        foreach (var message in changed)
            if (View.TryGetNumber(message.Uid, out var number))
            {
                updates.MessageFlags(message, number);
                Tell(message.ModSeq);
                await updates.FlushIfFullAsync();
            }

        changed.Clear();
        foreach (var follower in Followers)
            follower.TellChanged(updates);
        if (!View.HasExpunged)
            Told = synchronized;
        if (updates.WithModSeq)
            AnnounceTold(updates);
        highestSent = ModSeq.Zero;
        return known;
    }

    // What the client has not asked to hear of others it hears once it does, so it is kept: of each message the last.
    async ValueTask AnnounceOwnAsync(UpdateWriter updates)
    {
        if (hasRemoved && updates.MayExpunge)
            await AnnounceGoneAsync(updates);
        if (changed.Count < 2 * Math.Max(View.Count, MinKept))
            return;
        MessageFlags[] latest = [.. changed.GroupBy(static message => message.Uid).Select(static each => each.MaxBy(static message => message.ModSeq)!)];
        changed.Clear();
        changed.AddRange(latest);
    }

    async ValueTask AnnounceGoneAsync(UpdateWriter updates)
    {
        foreach (var follower in Followers)
            follower.TellGone(updates);
        if (!updates.MayExpunge)
            return;
        await AnnounceExpungedAsync(updates);
        hasRemoved = false;
    }

    // RFC 4314 §5.1.1: where rights have changed.
    void AnnouncePermanentFlags(UpdateWriter updates)
    {
        if (PermanentFlags.Equals(permanentFlagsTold))
            return;
        updates.Flags(flags);
        updates.PermanentFlags(permanentFlagsTold = PermanentFlags);
    }

    public async ValueTask<UidSet> ResolvePresentAsync(NumberSet messages, CancellationToken cancellationToken)
    {
        var uids = View.ToUids(messages);
        if (messages is not SequenceSet)
            return uids;
        await PollAsync(cancellationToken);
        return View.HasExpungedIn(uids)
            ? throw new BackendException(BackendError.Expunged, "Some of the messages are no longer there.")
            : uids;
    }

    async ValueTask<bool> IsThereAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Mailbox.CheckAsync(cancellationToken);
            return true;
        }
        catch (BackendException exception) when (exception.Error == BackendError.NoSuchMailbox)
        {
            return false;
        }
    }

    async ValueTask AnnounceExpungedAsync(UpdateWriter updates)
    {
        if (updates.SaysVanished)
        {
            foreach (var uids in View.TakeVanished().Split())
            {
                updates.Vanished(uids);
                await updates.FlushIfFullAsync();
            }

            return;
        }

        foreach (var number in View.TakeExpunged())
        {
            updates.Expunge(number);
            await updates.FlushIfFullAsync();
        }
    }

    // RFC 7162 §3.2, §6: whoever has been told of a modification sequence while something before it is held back, must not go on from
    // there. Once nothing is, it may.
    void AnnounceTold(UpdateWriter updates)
    {
        if (highestSent > Told)
        {
            updates.HighestModSeq(Told);
            toldLess = true;
        }
        else if (toldLess && !View.HasExpunged)
        {
            updates.HighestModSeq(Told);
            toldLess = false;
        }
    }
}
