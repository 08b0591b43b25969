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

    /// <summary>Which results are told of, as stretches of their order: all, where the client did not say. RFC 5182 §2.4; RFC 4731 §3.2.</summary>
    public IEnumerable<Range> StretchesTold(int count) => Return is null ? [Range.EndAt(count)] : Return.Options.Select(option => option.Tells(count));
}
