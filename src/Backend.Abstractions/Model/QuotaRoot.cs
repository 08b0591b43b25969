namespace Backend.Abstractions.Model;

/// <summary>Mailboxes that share limits, and what they have. RFC 9208 §3.2.</summary>
/// <param name="Name">Its name: the login name of the user whose mailboxes they are.</param>
/// <param name="Bytes">The octets of all messages, a message that is there twice counted twice, as SIZE of STATUS does.</param>
/// <param name="Messages">How many messages there are.</param>
/// <param name="Limits">How many there may be.</param>
public sealed record QuotaRoot(string Name, long Bytes, long Messages, QuotaLimits Limits);
