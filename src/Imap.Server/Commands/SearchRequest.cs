namespace Imap.Server.Commands;

/// <summary>A SEARCH or SORT as it is about to be carried out.</summary>
/// <param name="Key">What is looked for, by UID alone: <see cref="SearchKeys.ByUid"/>.</param>
/// <param name="ByUid">Whether results are told as UIDs.</param>
/// <param name="Return">How it is to be answered; null where the client did not say.</param>
sealed record SearchRequest(SearchKey Key, bool ByUid, SearchReturn? Return)
{
    /// <summary>The words of a mailbox that is named in the ESEARCH response, with a space in front; empty for the one that is selected. RFC 7377 §2.1.</summary>
    public ReadOnlyMemory<byte> Correlator { get; init; }

    /// <summary>Whether a modification sequence is told with the results. RFC 7162 §3.1.5.</summary>
    public bool AsksModSeq => SearchKeys.Has(Key, static key => key is SearchKey.ChangedFrom);

    /// <summary>
    /// Which results are told of, as stretches of their order: those that its options choose, or all where none of them chooses.
    /// RFC 5182 §2.4; RFC 4731 §3.2; RFC 9394 §3.2.
    /// </summary>
    public IReadOnlyList<Range> StretchesTold(int count) =>
        [.. (Return?.Options ?? []).Select(option => option.Tells(count)).OfType<Range>().DefaultIfEmpty(Range.EndAt(count))];
}
