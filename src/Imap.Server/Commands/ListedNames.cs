using Imap.Server.Registry;

namespace Imap.Server.Commands;

/// <summary>Which names a LIST command lists. Pure. RFC 5258 §3.3, §3.5; RFC 9051 §6.3.9.3, §6.3.9.6.</summary>
static class ListedNames
{
    /// <summary>Picks the names.</summary>
    /// <param name="all">Every name that may be listed, in order.</param>
    /// <param name="matches">Whether a name matches a pattern of the command.</param>
    /// <param name="selection">The selection options.</param>
    public static List<ListedName> Of(IReadOnlyList<MailboxInfo> all, Func<MailboxName, bool> matches, IReadOnlyCollection<ListSelection> selection)
    {
        if (!selection.Any(static option => option.AddsSuperiors))
            return [.. all.Where(info => IsSelected(info, selection) && matches(info.Name)).Select(static info => new ListedName(info, true, false))];

        // The names above what is selected; of those that are not told for themselves, only the ones that say something new.
        var above = new HashSet<MailboxName>();
        var aboveHidden = new HashSet<MailboxName>();
        foreach (var info in all.Where(info => IsSelected(info, selection)))
        {
            above.UnionWith(info.Name.Superiors);
            if (!matches(info.Name))
                aboveHidden.UnionWith(info.Name.Superiors);
        }

        var listed = new List<ListedName>();
        foreach (var info in all)
        {
            var isSelected = IsSelected(info, selection);
            if ((isSelected || aboveHidden.Contains(info.Name)) && matches(info.Name))
                listed.Add(new ListedName(info, isSelected, above.Contains(info.Name)));
        }

        listed.AddRange(Missing(all, aboveHidden).Where(info => matches(info.Name)).Select(static info => new ListedName(info, false, true)));
        return [.. listed.OrderByDescending(static name => name.Info.Name.IsInbox).ThenBy(static name => name.Info.Name)];
    }

    static bool IsSelected(MailboxInfo info, IReadOnlyCollection<ListSelection> selection) => selection.All(option => option.Selects?.Invoke(info) != false);

    // Names above others that nothing has.
    static IEnumerable<MailboxInfo> Missing(IReadOnlyList<MailboxInfo> all, HashSet<MailboxName> superiors)
    {
        superiors.ExceptWith(all.Select(static info => info.Name));
        var parents = all.Where(static info => (info.Attributes & MailboxAttributes.NonExistent) == 0).SelectMany(static info => info.Name.Superiors).ToHashSet();
        return superiors.Select(name => new MailboxInfo
        {
            Name = name,
            Attributes = MailboxAttributes.NonExistent | (parents.Contains(name) ? MailboxAttributes.HasChildren : MailboxAttributes.HasNoChildren),
        });
    }
}
