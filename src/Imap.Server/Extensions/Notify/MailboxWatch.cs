using Imap.Server.Commands;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions.Notify;

/// <summary>
/// What one client wants to be told of, and what it has been told. A hint only says that it is time to look: what is told is the difference
/// between two pictures of the user's mailboxes, so nothing is lost with a hint. RFC 5465.
/// </summary>
sealed class MailboxWatch : ISessionWatch
{
    readonly ImapSession session;
    readonly ImmutableArray<NotifyGroup> groups;
    readonly NotifyGroup? selectedGroup;
    readonly AnnotationWatch? annotations;
    readonly HashSet<MailboxName> own = [];
    readonly HashSet<(UidValidity, Uid)> ownMessages = [];
    MailboxPicture? told;
    bool isDue;

    /// <summary>A watch that has told nothing yet. Without groups it is NOTIFY NONE.</summary>
    public MailboxWatch(ImapSession session, ImmutableArray<NotifyGroup> groups)
    {
        this.session = session;
        this.groups = groups;
        selectedGroup = groups.FirstOrDefault(static group => group.Filter is NotifyFilter.Selected);
        var events = groups.Aggregate(NotifyEvents.None, static (events, group) => events | group.Events);
        if ((events & (NotifyEvents.MailboxMetadataChange | NotifyEvents.ServerMetadataChange)) != 0)
            annotations = new AnnotationWatch(session, events.HasFlag(NotifyEvents.ServerMetadataChange), (picture, name) => EventsOf(picture, name).HasFlag(NotifyEvents.MailboxMetadataChange));
    }

    public SelectedNews Selected => (selectedGroup?.Events ?? NotifyEvents.None) switch
    {
        var events when events.HasFlag(NotifyEvents.FlagChange) => SelectedNews.All,
        NotifyEvents.None => SelectedNews.None,
        _ => SelectedNews.New | SelectedNews.Expunged,
    };

    public bool HoldsExpunges => selectedGroup?.Filter is not NotifyFilter.Selected { IsDelayed: false };

    bool WatchesOthers => groups.Any(static group => group.Filter is not NotifyFilter.Selected && group.Events != NotifyEvents.None);

    /// <summary>Takes the first picture, and tells the states in it where that is wanted. §3.1.</summary>
    /// <exception cref="CommandRefusedException">There is too much to watch. §5.8.</exception>
    public async ValueTask BeginAsync(bool tellStatus, CancellationToken cancellationToken)
    {
        if (!WatchesOthers)
            return;
        told = await MailboxPicture.TakeAsync(session.User, cancellationToken);
        if (told.Names.Count() > session.Options.MaxWatchedMailboxes)
            throw new CommandRefusedException(ResponseCode.NotificationOverflow, "There are too many mailboxes to be watched.");
        var selected = await SelectedNameAsync(cancellationToken);
        foreach (var name in told.Selectable.Where(_ => tellStatus).Order())
        {
            if (name == selected || (EventsOf(told, name) & NotifyEvents.OfMessages) is not (not NotifyEvents.None and var events))
                continue;
            WriteStatus(told.StatusOf(name)!, "MESSAGES UIDNEXT UIDVALIDITY" + (events.HasFlag(NotifyEvents.FlagChange) ? " HIGHESTMODSEQ" : ""));
            await session.Writer.FlushIfFullAsync();
        }

        foreach (var name in told.Names.Where(told.IsClosed).Order())
            if (EventsOf(told, name) != NotifyEvents.None)
                WriteAccess(told, name);
        if (annotations is not null)
            await annotations.BeginAsync(told, cancellationToken);
    }

    public void Hear(Update update)
    {
        if (told is null || update is StatusUpdate)
            return;
        isDue = true;
        annotations?.Hear(update.Mailbox);
    }

    public void LookAgain()
    {
        isDue = told is not null;
        annotations?.Hear(null);
    }

    public void OwnAnnotations(MailboxName? mailbox, IReadOnlyCollection<MetadataEntry> entries)
    {
        annotations?.Own(mailbox, entries);
        isDue |= told is not null;
    }

    public void Own(IReadOnlyCollection<MailboxName> changed, ResponseCode? code)
    {
        if (told is not null && changed.Count > 0)
        {
            own.UnionWith(changed);
            isDue = true;
        }

        if (selectedGroup is { Items.IsEmpty: false })
            ownMessages.UnionWith(code switch
            {
                ResponseCode.AppendUid append => append.Data.Uids.Enumerate().Select(uid => (append.Data.UidValidity, uid)),
                ResponseCode.CopyUid copy => copy.Data.Destination.Enumerate().Select(uid => (copy.Data.UidValidity, uid)),
                _ => [],
            });
    }

    public IReadOnlyList<FetchItem> ItemsFor(Uid uid) =>
        selectedGroup is null || ownMessages.Contains((session.Selected.UidValidity, uid)) ? [] : selectedGroup.Items;

    public async ValueTask TellOthersAsync(CancellationToken cancellationToken)
    {
        ownMessages.Clear();
        if (told is not { } before || !isDue)
            return;
        isDue = false;
        var after = await MailboxPicture.TakeAsync(session.User, cancellationToken);
        if (after.Names.Count() > session.Options.MaxWatchedMailboxes)
        {
            session.Watch = new MailboxWatch(session, []);
            session.Writer.UntaggedStatus("OK"u8, ResponseCode.NotificationOverflow, "There are too many mailboxes to be watched");
            return;
        }

        told = after;
        var renamed = MailboxDifference.Renamed(before, after);
        TellNames(before, after, renamed);
        await TellStatesAsync(before, after, cancellationToken);
        if (annotations is not null)
            await annotations.TellAsync(before, after, IsOwn, cancellationToken);
        own.Clear();
    }

    void TellNames(MailboxPicture before, MailboxPicture after, List<(MailboxName Old, MailboxName New)> renamed)
    {
        foreach (var (old, now) in renamed)
            if (!IsOwn(now) && ((EventsOf(before, old) | EventsOf(after, now)) & NotifyEvents.MailboxName) != 0)
                session.Writer.MailboxList(after.InfoOf(now), old.Value);
        foreach (var name in MailboxDifference.Changed(before, after, name => !renamed.IsOf(name) && !IsOwn(name)))
            if (((EventsOf(before, name) | EventsOf(after, name)) & NotifyEvents.MailboxName) != 0)
                WriteList(after.InfoOf(name));
        foreach (var name in after.Names.Where(name => before.Has(name) && before.IsClosed(name) != after.IsClosed(name)).Order())
            if (EventsOf(after, name) != NotifyEvents.None)
                WriteAccess(after, name);
        foreach (var name in before.Names.Union(after.Names).Order())
            if (before.IsSubscribed(name) != after.IsSubscribed(name) && !own.Contains(name)
                && ((EventsOf(before, name) | EventsOf(after, name)) & NotifyEvents.SubscriptionChange) != 0)
                WriteList(after.InfoOf(name));
    }

    async ValueTask TellStatesAsync(MailboxPicture before, MailboxPicture after, CancellationToken cancellationToken)
    {
        foreach (var name in after.Selectable.Order())
        {
            var now = after.StatusOf(name)!;
            var then = before.StatusOf(name) ?? (now.MailboxId is { } id && before.NameOf(id) is { } old ? before.StatusOf(old) : null);
            var events = EventsOf(after, name);
            if (own.Contains(name) || then is null || ItemsFor(then, now, events) is not { } items || name == await SelectedNameAsync(cancellationToken))
                continue;
            WriteStatus(now, items);
            await session.Writer.FlushIfFullAsync();
        }
    }

    // §5.1-5.3.
    string? ItemsFor(MailboxStatus then, MailboxStatus now, NotifyEvents events)
    {
        var modSeq = session.TellsModSeqs ? " HIGHESTMODSEQ" : "";
        var isOther = then.UidValidity != now.UidValidity;
        if (events.HasFlag(NotifyEvents.MessageNew) && (isOther || then.Messages != now.Messages || then.UidNext != now.UidNext))
            return $"MESSAGES UIDNEXT UIDVALIDITY{modSeq}";
        if (!events.HasFlag(NotifyEvents.FlagChange) || then.HighestModSeq == now.HighestModSeq)
            return null;
        return then.Unseen != now.Unseen ? $"UIDVALIDITY UNSEEN{modSeq}" : session.TellsModSeqs ? $"UIDVALIDITY{modSeq}" : null;
    }

    NotifyEvents EventsOf(MailboxPicture picture, MailboxName name) =>
        groups.Where(group => group.Filter.Includes(name, picture.IsSubscribed(name))).Aggregate(NotifyEvents.None, static (events, group) => events | group.Events);

    bool IsOwn(MailboxName name) => own.Any(changed => changed == name || name.IsInferiorTo(changed) || changed.IsInferiorTo(name));

    void WriteList(MailboxInfo info) =>
        session.Writer.MailboxList("LIST"u8, info, MailboxListWriter.Always | MailboxAttributes.NonExistent | MailboxAttributes.Subscribed, []);

    // §3.1, §5.9: the client may know of the mailbox, but not of what happens in it.
    void WriteAccess(MailboxPicture picture, MailboxName name)
    {
        if (picture.IsClosed(name))
            session.Writer.Octets("* LIST (\\NoAccess) \"/\" "u8).Mailbox(name).Crlf();
        else
            WriteList(picture.InfoOf(name));
    }

    void WriteStatus(MailboxStatus status, string words) =>
        session.Writer.MailboxStatus(status.Name, [.. words.Split(' ').Where(session.Registry.StatusItems.ContainsKey).Select(word => session.Registry.StatusItems[word])], status);

    async ValueTask<MailboxName?> SelectedNameAsync(CancellationToken cancellationToken)
    {
        if (session.State != SessionStates.Selected)
            return null;
        try
        {
            return (await session.Selected.Mailbox.GetInfoAsync(cancellationToken)).Name;
        }
        catch (BackendException exception) when (exception.Error == BackendError.NoSuchMailbox)
        {
            return null;
        }
    }
}
