namespace Backend.EfCore.Queries;

/// <summary>The flags of a message.</summary>
readonly record struct FlagsRow(long Uid, long Flags, long ModSeq);
