namespace Backend.EfCore.Queries;

/// <summary>A keyword of a message that has no bit.</summary>
readonly record struct KeywordRow(long Uid, int KeywordId);
