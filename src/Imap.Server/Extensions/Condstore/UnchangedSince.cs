using Imap.Server.Commands;
using Imap.Server.Registry;

namespace Imap.Server.Extensions.Condstore;

/// <summary>STORE (UNCHANGEDSINCE n): only of messages that did not change after it. RFC 7162 §3.1.3.</summary>
/// <param name="since">After which modification sequence.</param>
sealed class UnchangedSince(ModSeq since) : StoreModifier
{
    public override async ValueTask ApplyAsync(StoreRequest request, CancellationToken cancellationToken)
    {
        await request.Session.EnableAsync(CondstoreExtension.Name, cancellationToken);
        var mailbox = (ICondstoreMailbox)request.Session.Selected.Mailbox;
        request.IsConditional = true;
        request.Update = (messages, operation, flags, token) => mailbox.UpdateUnchangedMessagesFlagsAsync(messages, since, operation, flags, token);
    }
}
