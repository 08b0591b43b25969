using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Commands;

/// <summary>Tells of new messages what the client has asked for in advance: one FETCH for each, whoever asked. RFC 5465 §5.2, §7.</summary>
static class NewMessages
{
    static readonly UidItem Uid = new();

    /// <summary>Tells it.</summary>
    /// <param name="session">The client's session, in the selected state.</param>
    /// <param name="known">How many messages are not new.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async ValueTask TellAsync(ImapSession session, int known, CancellationToken cancellationToken)
    {
        var selected = session.Selected;
        if (selected.View.Count == known)
            return;
        var told = new List<Uid>();
        List<FetchItem> wanted = [];
        foreach (var uid in selected.View.After(known).ToList())
        {
            var items = (session.Watch?.ItemsFor(uid) ?? []).Concat(selected.Followers.SelectMany(follower => follower.ItemsFor(uid))).ToList();
            // RFC 9051 §7.5.2: what comes unasked has the UID.
            items = items.Count == 0 ? items : [.. items.Prepend(Uid).DistinctBy(static item => item.Identity)];
            if (!items.Select(static item => item.Identity).SequenceEqual(wanted.Select(static item => item.Identity)))
            {
                await WriteAsync(session, told, wanted, cancellationToken);
                told.Clear();
                wanted = items;
            }

            told.Add(uid);
        }

        await WriteAsync(session, told, wanted, cancellationToken);
    }

    static async ValueTask WriteAsync(ImapSession session, List<Uid> messages, List<FetchItem> items, CancellationToken cancellationToken)
    {
        if (messages.Count > 0 && items.Count > 0)
            await new FetchAnswer(new FetchRequest(session, UidSet.From(messages), [.. items], [])).WriteAsync(cancellationToken);
    }
}
