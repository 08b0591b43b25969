namespace Backend.EfCore.Search;

/// <summary>A message that the database found.</summary>
/// <param name="Uid">Which.</param>
/// <param name="IsCertain">False when only the message itself can say whether it matches.</param>
readonly record struct SearchHit(long Uid, bool IsCertain);
