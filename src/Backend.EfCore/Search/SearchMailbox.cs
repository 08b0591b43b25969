using Backend.EfCore.Entities;
using Backend.EfCore.Messages;

namespace Backend.EfCore.Search;

/// <summary>The mailbox that a search looks into, as it stands in the search's transaction.</summary>
/// <param name="Row">The mailbox.</param>
/// <param name="Handle">The session's handle on it.</param>
/// <param name="Keywords">The user's keywords.</param>
/// <param name="Now">When the search began, in seconds since 1970.</param>
/// <param name="Uids">All UIDs, ascending; null where the criteria name no messages by set.</param>
/// <param name="CutContents">The contents of the user whose texts are only the beginning; null when there are none, or no text is sought.</param>
sealed record SearchMailbox(MailboxEntity Row, MailboxHandle Handle, KeywordDictionary Keywords, long Now, List<uint>? Uids, IQueryable<long>? CutContents);
