namespace Backend.Abstractions.Capabilities;

/// <summary>
/// A mailbox that has of each message the beginning of its text, and tells it for <see cref="FetchAttributes.Preview"/> as fast as any other
/// attribute. It is plain text in one line of at most 200 characters without markup, the same at each request, and empty where no text can
/// be shown (encrypted messages, pictures). RFC 8970 §3.
/// </summary>
public interface IPreviewMailbox : IMailbox
{
}
