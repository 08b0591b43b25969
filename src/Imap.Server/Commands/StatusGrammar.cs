using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>What STATUS, and LIST with it, asks and is answered. RFC 9051 §6.3.11, §7.3.4.</summary>
static class StatusGrammar
{
    /// <summary>The items in parentheses, each once.</summary>
    public static ImmutableArray<StatusItem> StatusItems(this ref ImapReader reader)
    {
        reader.Take('(');
        var items = new List<StatusItem>();
        do
        {
            var item = StatusItem(ref reader);
            if (!items.Contains(item))
                items.Add(item);
        }
        while (reader.TryTake(' '));
        reader.Take(')');
        return [.. items];
    }

    /// <summary>What the backend is asked for.</summary>
    public static StatusItems Asked(this ImmutableArray<StatusItem> items) => items.Aggregate(Backend.Abstractions.Model.StatusItems.None, static (asked, item) => asked | item.Item);

    /// <summary>Lets those items know that are for more than their value that the client has asked for them.</summary>
    public static async ValueTask AskAsync(this ImmutableArray<StatusItem> items, ImapSession session, CancellationToken cancellationToken)
    {
        foreach (var item in items)
            if (item.Asked is { } act)
                await act(session, cancellationToken);
    }

    /// <summary>The STATUS response.</summary>
    public static void MailboxStatus(this ImapWriter writer, MailboxName name, ImmutableArray<StatusItem> items, MailboxStatus status)
    {
        writer.Octets("* STATUS "u8).Mailbox(name).Octets(" ("u8);
        var separator = "";
        foreach (var item in items)
            if (item.Value(status) is { } value)
            {
                writer.Atom(separator).Atom(item.Name).Space().Atom(value);
                separator = " ";
            }

        writer.Octets(")\r\n"u8);
    }

    static StatusItem StatusItem(ref ImapReader reader)
    {
        var expected = reader.Expected("an item of STATUS");
        if (!reader.Context.Registry.StatusItems.TryGetValue(Encoding.ASCII.GetString(reader.Atom("an item of STATUS")), out var item))
            throw expected;
        if (item.IsRev1Only)
            reader.NotInRev2(item.Name);
        return item;
    }
}
