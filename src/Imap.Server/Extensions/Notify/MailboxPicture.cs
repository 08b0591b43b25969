using System.Collections.Frozen;

namespace Imap.Server.Extensions.Notify;

/// <summary>All of a user's mailboxes at one moment.</summary>
sealed class MailboxPicture
{
    /// <summary>What is asked of each mailbox.</summary>
    public const StatusItems Items = StatusItems.Messages | StatusItems.UidNext | StatusItems.UidValidity | StatusItems.Unseen | StatusItems.HighestModSeq | StatusItems.MailboxId;

    readonly FrozenDictionary<MailboxName, MailboxInfo> infos;
    readonly FrozenSet<MailboxName> subscribed;
    readonly IReadOnlyDictionary<MailboxName, MailboxStatus> statuses;
    readonly FrozenDictionary<MailboxId, MailboxName> byId;

    MailboxPicture(IReadOnlyList<MailboxInfo> infos, IReadOnlyList<MailboxInfo> subscribed, IReadOnlyDictionary<MailboxName, MailboxStatus> statuses)
    {
        this.infos = infos.ToFrozenDictionary(static info => info.Name);
        this.subscribed = subscribed.Select(static info => info.Name).ToFrozenSet();
        this.statuses = statuses;
        byId = statuses.Where(static pair => pair.Value.MailboxId is not null).ToFrozenDictionary(static pair => pair.Value.MailboxId!.Value, static pair => pair.Key);
    }

    /// <summary>The names that are there, and those that are only subscribed to.</summary>
    public IEnumerable<MailboxName> Names => infos.Keys.Concat(subscribed.Where(name => !infos.ContainsKey(name)));

    /// <summary>The mailboxes that have a state.</summary>
    public IEnumerable<MailboxName> Selectable => statuses.Keys;

    /// <summary>Looks at them.</summary>
    public static async ValueTask<MailboxPicture> TakeAsync(IUser user, CancellationToken cancellationToken)
    {
        var infos = await user.ListMailboxesAsync(subscribed: false, cancellationToken);
        var subscribed = await user.ListMailboxesAsync(subscribed: true, cancellationToken);
        MailboxName[] selectable = [.. infos.Where(static info => info.IsSelectable && info.Rights.HasFlag(MailboxRights.Read)).Select(static info => info.Name)];
        return new MailboxPicture(infos, subscribed, await ((IListStatusUser)user).GetStatusesAsync(selectable, Items, cancellationToken));
    }

    /// <summary>Whether the user has subscribed to it.</summary>
    public bool IsSubscribed(MailboxName name) => subscribed.Contains(name);

    /// <summary>Whether the name is there.</summary>
    public bool Has(MailboxName name) => infos.ContainsKey(name);

    /// <summary>Whether the user may know of it, but not read it. RFC 5465 §3.1.</summary>
    public bool IsClosed(MailboxName name) => infos.TryGetValue(name, out var info) && info.IsSelectable && !info.Rights.HasFlag(MailboxRights.Read);

    /// <summary>Whether the name is there and the user may know what is in it.</summary>
    public bool IsOpen(MailboxName name) => infos.TryGetValue(name, out var info) && info.Rights.HasFlag(MailboxRights.Read);

    /// <summary>The state of a mailbox; null where there is none.</summary>
    public MailboxStatus? StatusOf(MailboxName name) => statuses.GetValueOrDefault(name);

    /// <summary>The mailbox that has an id; null where none has.</summary>
    public MailboxName? NameOf(MailboxId id) => byId.TryGetValue(id, out var name) ? name : null;

    /// <summary>What LIST tells of a name: \NonExistent where nothing has it, \Subscribed where it is.</summary>
    public MailboxInfo InfoOf(MailboxName name)
    {
        var info = infos.GetValueOrDefault(name) ?? new MailboxInfo { Name = name, Attributes = MailboxAttributes.NonExistent };
        return IsSubscribed(name) ? info with { Attributes = info.Attributes | MailboxAttributes.Subscribed } : info;
    }
}
