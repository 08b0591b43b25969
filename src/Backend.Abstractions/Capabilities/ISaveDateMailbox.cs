namespace Backend.Abstractions.Capabilities;

/// <summary>
/// A mailbox that knows when each message came into it, and tells it for <see cref="FetchAttributes.SaveDate"/>. That moment is the store's
/// own: neither the date given to an APPEND nor what the message had elsewhere counts, so COPY and MOVE give it anew. It does not change
/// while the message is in the mailbox; a rename of the mailbox does not change it either. RFC 8514 §3.
/// </summary>
public interface ISaveDateMailbox : IMailbox
{
}
