namespace Backend.EfCore.Queries;

/// <summary>What a user, or several, have: mailboxes that can be selected, messages, octets.</summary>
sealed record UsageRow(long Mailboxes, long Messages, long Bytes);
