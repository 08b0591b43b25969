namespace Backend.EfCore.Queries;

/// <summary>What the narrow row of a message says.</summary>
readonly record struct MessageRow(long Uid, long ContentId, long Flags, long ModSeq, long InternalDate, short InternalOffset, long SaveDate, long Size);
