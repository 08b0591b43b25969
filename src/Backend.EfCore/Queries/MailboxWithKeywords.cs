using Backend.EfCore.Entities;

namespace Backend.EfCore.Queries;

/// <summary>A mailbox's row, and how many keywords its user has.</summary>
sealed record MailboxWithKeywords(MailboxEntity Mailbox, int Keywords);
