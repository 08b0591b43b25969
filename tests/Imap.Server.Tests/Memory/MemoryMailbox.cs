using System.Runtime.CompilerServices;

namespace Imap.Server.Tests.Memory;

public sealed class MemoryMailbox(MemoryAccount account, MemoryMailboxData data, Func<MailboxName, MailboxInfo> info) : IMoveMailbox, IUpdaterMailbox
{
    readonly HashSet<Uid> recent = [];
    bool isReadOnly;

    public MailboxName Name { get; } = data.Name;

    public Task<MailboxInfo> GetInfoAsync(CancellationToken cancellationToken) => Do("info", () => info(data.Name));

    public Task<SelectData> SelectAsync(SelectOptions options, CancellationToken cancellationToken) => Do("select", () =>
    {
        isReadOnly = options.Examine;
        TakeRecent();
        return new SelectData
        {
            Uids = [.. data.Messages.Select(static message => message.Uid)],
            Recent = UidSet.From(recent),
            FirstUnseen = data.Messages.Where(static message => !message.Flags.Contains(Flag.Seen)).Select(static message => (Uid?)message.Uid).FirstOrDefault(),
            Flags = data.Flags,
            PermanentFlags = MemoryMailboxData.PermanentFlags,
            UidValidity = data.UidValidity,
            UidNext = new Uid(data.UidNext),
            HighestModSeq = new ModSeq(data.ModSeq),
        };
    });

    public Task<MailboxStatus> GetStatusAsync(StatusItems items, CancellationToken cancellationToken) => Do("status", () => new MailboxStatus
    {
        Name = data.Name,
        Flags = data.Flags,
        PermanentFlags = MemoryMailboxData.PermanentFlags,
        Messages = items.HasFlag(StatusItems.Messages) ? data.Messages.Count : null,
        Recent = items.HasFlag(StatusItems.Recent) ? data.Messages.Count(message => message.Uid.Value >= data.RecentFrom || recent.Contains(message.Uid)) : null,
        UidNext = items.HasFlag(StatusItems.UidNext) ? new Uid(data.UidNext) : null,
        UidValidity = items.HasFlag(StatusItems.UidValidity) ? data.UidValidity : null,
        Unseen = items.HasFlag(StatusItems.Unseen) ? data.Messages.Count(static message => !message.Flags.Contains(Flag.Seen)) : null,
    });

    public Task CheckAsync(CancellationToken cancellationToken) => Do("check", static () => true);

    public async IAsyncEnumerable<Message> ListMessagesAsync(NumberSet messages, FetchItems items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = await Do("fetch", () => Resolve(messages).Select(message => (Message: message, message.Flags, message.ModSeq)).ToList());
        foreach (var (message, flags, modSeq) in found)
            yield return new Message
            {
                Uid = message.Uid,
                Flags = items.Attributes.HasFlag(FetchAttributes.Flags) ? WithRecent(message.Uid, flags) : null,
                InternalDate = items.Attributes.HasFlag(FetchAttributes.InternalDate) ? message.Date : null,
                Size = items.Attributes.HasFlag(FetchAttributes.Size) ? message.Octets.Length : null,
                Envelope = items.Attributes.HasFlag(FetchAttributes.Envelope) ? message.Envelope : null,
                BodyStructure = items.Attributes.HasFlag(FetchAttributes.BodyStructure) ? message.BodyStructure : null,
                ModSeq = new ModSeq(modSeq),
                Sections = [.. items.Sections.Select(item => new FetchedSection(item, message.Section(item) is { } octets ? new MemoryOctets(account, octets) : null))],
            };
    }

    public Task<UidSet> SearchMessagesAsync(SearchCriteria criteria, CancellationToken cancellationToken) =>
        Do("search", () => UidSet.From(data.Messages.Where(message => MemorySearch.Matches(criteria.Key, message, recent, Highest)).Select(static message => message.Uid)));

    public Task<SequenceSet> SearchSequenceNumbersAsync(SearchCriteria criteria, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The server asks by UID.");

    public async Task<AppendData> CreateMessageAsync(Stream body, AppendOptions options, CancellationToken cancellationToken)
    {
        account.Backend.Intercept?.Invoke("append");
        using var octets = new MemoryStream();
        await body.CopyToAsync(octets, cancellationToken);
        account.Backend.Intercept?.Invoke("append-read");
        return await Do("appended", () =>
        {
            data.ModSeq++;
            var message = data.Add(octets.ToArray(), options.Flags, options.InternalDate ?? DateTimeOffset.UtcNow, data.ModSeq);
            Publish(new MailboxUpdate { Mailbox = data.Name });
            return new AppendData(data.UidValidity, message.Uid);
        });
    }

    public Task<StoreData> UpdateMessagesFlagsAsync(NumberSet messages, FlagsOperation operation, FlagSet flags, CancellationToken cancellationToken) => Do("store", () =>
    {
        var changed = new List<MemoryMessage>();
        foreach (var message in Resolve(messages))
        {
            var settable = flags.Except(FlagSet.Of(Flag.Recent));
            var after = operation switch
            {
                FlagsOperation.Add => message.Flags.Union(settable),
                FlagsOperation.Remove => message.Flags.Except(settable),
                _ => settable,
            };
            if (after.Equals(message.Flags))
                continue;
            message.Flags = after;
            changed.Add(message);
        }

        if (changed.Count == 0)
            return StoreData.Nothing;
        data.ModSeq++;
        changed.ForEach(message => message.ModSeq = data.ModSeq);
        var told = new StoreData(new ModSeq(data.ModSeq), [.. changed.Select(Told)]);
        Publish(new MessageUpdate { Mailbox = data.Name, ModSeq = new ModSeq(data.ModSeq), Uids = UidSet.From(changed.Select(static message => message.Uid)) });
        return told;
    });

    public Task<CopyData> CopyMessagesAsync(NumberSet messages, MailboxName destination, CancellationToken cancellationToken) =>
        Do("copy", () => Copy(Resolve(messages), destination));

    public Task<ExpungeData> ExpungeAsync(UidSet? uids, CancellationToken cancellationToken) => Do("expunge", () =>
        Remove(message => message.Flags.Contains(Flag.Deleted) && (uids is null || uids.Contains(message.Uid, Highest))));

    public Task<MoveData> MoveMessagesAsync(NumberSet messages, MailboxName destination, CancellationToken cancellationToken) => Do("move", () =>
    {
        var moved = Resolve(messages);
        var copied = Copy(moved, destination);
        return new MoveData(copied, Remove(moved.Contains));
    });

    public Task<MailboxChanges?> PollAsync(ModSeq since, CancellationToken cancellationToken) => Do("poll", () =>
    {
        if (data.ModSeq <= since.Value)
            return null;
        var before = recent.ToHashSet();
        TakeRecent();
        return new MailboxChanges
        {
            HighestModSeq = new ModSeq(data.ModSeq),
            UidNext = new Uid(data.UidNext),
            Changed = [.. data.Messages.Where(message => message.ModSeq > since.Value).Select(Told)],
            Expunged = UidSet.From(data.Expunged.Where(gone => gone.ModSeq > since.Value).Select(static gone => gone.Uid)),
            Recent = UidSet.From(recent.Except(before)),
            Flags = data.Flags,
        };
    });

    Uid Highest => data.Messages.Count == 0 ? default : data.Messages[^1].Uid;

    CopyData Copy(List<MemoryMessage> messages, MailboxName destination)
    {
        var target = account.Find(destination);
        if (messages.Count == 0)
            return new CopyData(target.UidValidity, UidSet.Empty, UidSet.Empty);
        target.ModSeq++;
        var copies = messages.ConvertAll(message => target.Add(message.Octets, message.Flags, message.Date, target.ModSeq).Uid);
        Publish(new MailboxUpdate { Mailbox = destination });
        return new CopyData(target.UidValidity, UidSet.From(messages.Select(static message => message.Uid)), UidSet.From(copies));
    }

    ExpungeData Remove(Func<MemoryMessage, bool> which)
    {
        var gone = data.Remove(which);
        if (gone.IsEmpty)
            return ExpungeData.Nothing;
        Publish(new ExpungeUpdate { Mailbox = data.Name, ModSeq = new ModSeq(data.ModSeq), Uids = UidSet.From(gone) });
        return new ExpungeData(new ModSeq(data.ModSeq), UidSet.From(gone));
    }

    List<MemoryMessage> Resolve(NumberSet messages) =>
        messages is UidSet uids ? [.. data.Messages.Where(message => uids.Contains(message.Uid, Highest))] : throw new NotSupportedException("The server names messages by UID.");

    MessageFlags Told(MemoryMessage message) => new(message.Uid, WithRecent(message.Uid, message.Flags), new ModSeq(message.ModSeq));

    FlagSet WithRecent(Uid uid, FlagSet flags) => recent.Contains(uid) ? flags.Union(FlagSet.Of(Flag.Recent)) : flags;

    void TakeRecent()
    {
        recent.UnionWith(data.Messages.Where(message => message.Uid.Value >= data.RecentFrom).Select(static message => message.Uid));
        if (!isReadOnly)
            data.RecentFrom = data.UidNext;
    }

    void Publish(Update update) => account.Publish(update);

    Task<T> Do<T>(string operation, Func<T> work)
    {
        try
        {
            account.Backend.Intercept?.Invoke(operation);
            lock (account.Gate)
                return data.IsDeleted
                    ? throw new BackendException(BackendError.NoSuchMailbox, $"The mailbox \"{Name}\" has been deleted.")
                    : Task.FromResult(work());
        }
        catch (BackendException exception)
        {
            return Task.FromException<T>(exception);
        }
    }
}
