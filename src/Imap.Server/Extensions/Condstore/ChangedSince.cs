using Imap.Server.Commands;
using Imap.Server.Registry;

namespace Imap.Server.Extensions.Condstore;

/// <summary>FETCH (CHANGEDSINCE n): only of messages that changed after it; MODSEQ is told of each. RFC 7162 §3.1.4.1.</summary>
/// <param name="since">After which modification sequence.</param>
sealed class ChangedSince(ModSeq since) : FetchModifier
{
    /// <summary>After which modification sequence.</summary>
    public ModSeq Since => since;

    // RFC 9394 §3.4: it looks at what others have chosen.
    public override int Order => 10;

    public override async ValueTask ApplyAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        if (!request.Items.Exists(static item => item is ModSeqItem))
            request.Items.Add(new ModSeqItem());
        await request.Session.EnableAsync(CondstoreExtension.Name, cancellationToken);
        request.IsSelective = true;
        var mailbox = (ICondstoreMailbox)request.Session.Selected.Mailbox;
        if (!request.Items.Exists(static item => item.SetsSeen))
        {
            request.List = (messages, items, token) => mailbox.ListChangedMessagesAsync(messages, since, items, token);
            return;
        }

        // Those that are marked as read for it must not be among them for that.
        var changed = new List<Uid>();
        await foreach (var message in mailbox.ListChangedMessagesAsync(request.Uids, since, FetchItems.UidOnly, cancellationToken))
            changed.Add(message.Uid);
        request.Uids = UidSet.From(changed);
    }
}
