namespace Backend.EfCore.Entities;

/// <summary>The folded text that SEARCH looks into.</summary>
sealed class ContentTextEntity
{
    public int UserId { get; set; }

    public long ContentId { get; set; }

    /// <summary>Every header field as a line <c>name:value</c>, with a line feed before the first and after the last.</summary>
    public required string Header { get; set; }

    /// <summary>The same of the parts' headers, which count for TEXT.</summary>
    public required string PartHeader { get; set; }

    public required string Body { get; set; }
}
