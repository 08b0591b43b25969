using Backend.EfCore.Entities;

namespace Backend.EfCore.Search;

/// <summary>What a search can look at of one message. The joins are made only where the criteria need them.</summary>
sealed class SearchRow
{
    public required MessageEntity Message { get; init; }

    public required ContentEntity Content { get; init; }

    public required ContentTextEntity Text { get; init; }
}
