namespace Backend.Abstractions.Model;

/// <summary>Which rights an identifier can have to a mailbox. RFC 4314 §3.7.</summary>
/// <param name="Required">Those that it always has.</param>
/// <param name="Optional">Those that it can be given and deprived of, one by one.</param>
public sealed record GrantableRights(MailboxRights Required, MailboxRights Optional);
