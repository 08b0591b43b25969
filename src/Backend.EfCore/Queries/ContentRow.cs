namespace Backend.EfCore.Queries;

/// <summary>What is kept ready of a message's content; null where it was not asked for.</summary>
sealed record ContentRow(byte[]? Envelope, byte[]? BodyStructure, byte[]? Layout, byte[]? HeaderFields, string? Preview)
{
    /// <summary>How much of it there is.</summary>
    public long Octets => (Envelope?.Length ?? 0) + (BodyStructure?.Length ?? 0) + (Layout?.Length ?? 0) + (HeaderFields?.Length ?? 0) + (Preview?.Length ?? 0);
}
