namespace Backend.Abstractions.Capabilities;

/// <summary>
/// A mailbox whose messages have identifiers, told for <see cref="FetchAttributes.EmailId"/> and <see cref="FetchAttributes.ThreadId"/> and found
/// by <see cref="SearchKey.EmailId"/> and <see cref="SearchKey.ThreadId"/>. COPY and MOVE keep both, and they stay as they are for as long as the
/// message is anywhere. Each is 1 to 255 letters, digits, hyphens and underscores. RFC 8474 §5-7.
/// </summary>
public interface IObjectIdMailbox : IMailbox
{
}
