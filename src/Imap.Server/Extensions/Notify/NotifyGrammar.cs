using Imap.Server.Commands;
using Imap.Server.Registry;
using Imap.Server.Wire;

namespace Imap.Server.Extensions.Notify;

/// <summary>Reads what NOTIFY SET sets. RFC 5465 §8.</summary>
static class NotifyGrammar
{
    static readonly NotifyEvents[] Known =
    [
        NotifyEvents.MessageNew, NotifyEvents.MessageExpunge, NotifyEvents.FlagChange, NotifyEvents.MailboxName, NotifyEvents.SubscriptionChange,
        NotifyEvents.MailboxMetadataChange, NotifyEvents.ServerMetadataChange,
    ];

    /// <summary>event-groups.</summary>
    /// <param name="reader">The command.</param>
    /// <param name="unknown">Whether events are among them that the server does not know: the command is refused then. §3.1.</param>
    public static ImmutableArray<NotifyGroup> ReadGroups(ref ImapReader reader, out bool unknown)
    {
        unknown = false;
        var groups = ImmutableArray.CreateBuilder<NotifyGroup>();
        do
        {
            reader.Take('(');
            var filter = ReadFilter(ref reader);
            reader.Space();
            groups.Add(ReadEvents(ref reader, filter, ref unknown));
            reader.Take(')');
        }
        while (reader.TryTake(' '));
        if (groups.Count(static group => group.Filter is NotifyFilter.Selected) > 1)
            throw new ImapSyntaxException("The selected mailbox can be meant only once (RFC 5465 6.1).");
        return groups.DrainToImmutable();
    }

    /// <summary>What BADEVENT lists. §3.1.</summary>
    public static string KnownEvents => string.Join(' ', Known);

    static NotifyFilter ReadFilter(ref ImapReader reader)
    {
        var expected = reader.Expected("which mailboxes are meant");
        switch (Encoding.ASCII.GetString(reader.Atom("which mailboxes are meant")).ToUpperInvariant())
        {
            case "SELECTED":
                return new NotifyFilter.Selected(IsDelayed: false);
            case "SELECTED-DELAYED":
                return new NotifyFilter.Selected(IsDelayed: true);
            case "INBOXES" or "PERSONAL":
                return new NotifyFilter.Personal();
            case "SUBSCRIBED":
                return new NotifyFilter.Subscribed();
            case "SUBTREE":
                return new NotifyFilter.Subtree(ReadNames(ref reader));
            case "MAILBOXES":
                return new NotifyFilter.Named(ReadNames(ref reader));
            default:
                throw expected;
        }
    }

    static ImmutableArray<MailboxName> ReadNames(ref ImapReader reader)
    {
        reader.Space();
        if (!reader.TryTake('('))
            return [reader.Mailbox()];
        var names = ImmutableArray.CreateBuilder<MailboxName>();
        do
            names.Add(reader.Mailbox());
        while (reader.TryTake(' '));
        reader.Take(')');
        return names.DrainToImmutable();
    }

    static NotifyGroup ReadEvents(ref ImapReader reader, NotifyFilter filter, ref bool unknown)
    {
        if (reader.TryWord("NONE"u8))
            return new NotifyGroup(filter, NotifyEvents.None, []);
        var events = NotifyEvents.None;
        ImmutableArray<FetchItem> items = [];
        reader.Take('(');
        do
        {
            var word = Encoding.ASCII.GetString(reader.Atom("an event"));
            var known = Known.FirstOrDefault(known => known.ToString().Equals(word, StringComparison.OrdinalIgnoreCase));
            unknown |= known == NotifyEvents.None;
            events |= known;
            if (known == NotifyEvents.MessageNew && filter is NotifyFilter.Selected && reader.TryWord(" ("u8))
                items = Fetch.ReadItemList(ref reader);
        }
        while (reader.TryTake(' '));
        reader.Take(')');
        Check(filter, events);
        return new NotifyGroup(filter, events, items);
    }

    // §5, §6.1.
    static void Check(NotifyFilter filter, NotifyEvents events)
    {
        if (filter is NotifyFilter.Selected && (events & ~NotifyEvents.OfMessages) != 0)
            throw new ImapSyntaxException("Of the selected mailbox only events about messages can be told (RFC 5465 6.1).");
        var hasNew = events.HasFlag(NotifyEvents.MessageNew);
        if (hasNew != events.HasFlag(NotifyEvents.MessageExpunge) || (!hasNew && events.HasFlag(NotifyEvents.FlagChange)))
            throw new ImapSyntaxException("MessageNew and MessageExpunge go together, and FlagChange with both (RFC 5465 5).");
    }
}
