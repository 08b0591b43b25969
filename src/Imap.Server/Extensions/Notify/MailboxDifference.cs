namespace Imap.Server.Extensions.Notify;

/// <summary>What happened to names between two pictures. RFC 5465 §5.4-5.5.</summary>
static class MailboxDifference
{
    /// <summary>The mailboxes that have another name now: old and new. Those that went with a superior are not told. §5.4.</summary>
    public static List<(MailboxName Old, MailboxName New)> Renamed(MailboxPicture before, MailboxPicture after)
    {
        var renamed = new List<(MailboxName Old, MailboxName New)>();
        foreach (var old in before.Selectable.Order())
            if (before.StatusOf(old)!.MailboxId is { } id && after.NameOf(id) is { } now && now != old && !renamed.Exists(pair => IsCarried(pair, old, now)))
                renamed.Add((old, now));
        return renamed;
    }

    /// <summary>Whether a name is one that a mailbox had before or has after it was renamed, or that went with one.</summary>
    public static bool IsOf(this List<(MailboxName Old, MailboxName New)> renamed, MailboxName name) =>
        renamed.Exists(pair => name == pair.Old || name == pair.New || name.IsInferiorTo(pair.Old) || name.IsInferiorTo(pair.New));

    /// <summary>The names that came or went, or can be selected now or no longer, each with its direct superior, which is affected too. §5.4.</summary>
    public static List<MailboxName> Changed(MailboxPicture before, MailboxPicture after, Func<MailboxName, bool> isCounted)
    {
        var changed = before.Names.Union(after.Names)
            .Where(name => isCounted(name) && (before.Has(name) != after.Has(name) || before.InfoOf(name).IsSelectable != after.InfoOf(name).IsSelectable))
            .ToList();
        return [.. changed.Concat(changed.SelectMany(static name => name.Superiors.TakeLast(1))).Distinct().Order()];
    }

    static bool IsCarried((MailboxName Old, MailboxName New) superior, MailboxName old, MailboxName now) =>
        old.IsInferiorTo(superior.Old) && now.IsInferiorTo(superior.New) && old.Value[superior.Old.Value.Length..] == now.Value[superior.New.Value.Length..];
}
