namespace Backend.Abstractions.Model;

/// <summary>What a user may have together in all mailboxes. RFC 9208 §5.1-5.2.</summary>
/// <param name="MaxBytes">Octets of messages, 0 or more; null for no limit.</param>
/// <param name="MaxMessages">Messages, 0 or more; null for no limit.</param>
public sealed record QuotaLimits(long? MaxBytes, long? MaxMessages)
{
    /// <summary>Anything.</summary>
    public static QuotaLimits None { get; } = new(null, null);
}
