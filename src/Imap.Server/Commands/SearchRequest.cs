namespace Imap.Server.Commands;

/// <summary>A SEARCH or SORT as it is about to be carried out.</summary>
/// <param name="Key">What is looked for, by UID alone: <see cref="SearchKeys.ByUid"/>.</param>
/// <param name="ByUid">Whether results are told as UIDs.</param>
/// <param name="Return">How it is to be answered; null where the client did not say.</param>
sealed record SearchRequest(SearchKey Key, bool ByUid, SearchReturn? Return)
{
    /// <summary>Whether the results are told in another order than the mailbox's: those of SORT.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>Whether the selected mailbox is among those that are searched. RFC 7377 §2.2.</summary>
    public bool IncludesSelected { get; init; } = true;

    /// <summary>Whether it is the selected mailbox that is searched at the moment.</summary>
    public bool IsHere { get; init; } = true;

    /// <summary>Whether other mailboxes than the one that is selected are searched. RFC 7377 §2.2.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>Whether a modification sequence is told with the results. RFC 7162 §3.1.5.</summary>
    public bool AsksModSeq => SearchKeys.Has(Key, static key => key is SearchKey.ChangedFrom);

    /// <summary>
    /// Which results are told of, as stretches of their order: those that its options choose, or all where none of them chooses.
    /// RFC 5182 §2.4; RFC 4731 §3.2; RFC 9394 §3.2.
    /// </summary>
    public IReadOnlyList<Range> StretchesTold(int count) =>
        [.. (Return?.Options ?? []).Select(option => option.Tells(count)).OfType<Range>().DefaultIfEmpty(Range.EndAt(count))];
}
