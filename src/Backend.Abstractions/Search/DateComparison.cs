namespace Backend.Abstractions.Search;

/// <summary>How a message's day stands to the day of a search key. RFC 9051 §6.4.4.</summary>
public enum DateComparison
{
    /// <summary>It is an earlier day.</summary>
    Before,

    /// <summary>It is the same day.</summary>
    On,

    /// <summary>It is the same day or a later one.</summary>
    Since,
}
