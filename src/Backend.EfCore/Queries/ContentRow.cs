namespace Backend.EfCore.Queries;

/// <summary>What is kept ready of a message's content; null where it was not asked for.</summary>
sealed record ContentRow(long ContentId, byte[]? Envelope, byte[]? BodyStructure, byte[]? Layout, byte[]? HeaderFields);
