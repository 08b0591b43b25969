using Imap.Server.Session;

namespace Imap.Server.Commands;

/// <summary>A STORE that modifiers may change before it is carried out. RFC 4466 §2.5.</summary>
sealed class StoreRequest(ImapSession session)
{
    public ImapSession Session => session;

    /// <summary>Whether the client hears of each message's modification sequence, also with .SILENT, and of the messages that were left as they are. RFC 7162 §3.1.3.</summary>
    public bool IsConditional { get; set; }

    /// <summary>Changes the flags, and says of which messages it did not because of a condition.</summary>
    public Func<UidSet, FlagsOperation, FlagSet, CancellationToken, Task<ConditionalStoreData>> Update { get; set; } =
        async (messages, operation, flags, cancellationToken) =>
            new ConditionalStoreData(await session.Selected.Mailbox.UpdateMessagesFlagsAsync(messages, operation, flags, cancellationToken), UidSet.Empty);
}
