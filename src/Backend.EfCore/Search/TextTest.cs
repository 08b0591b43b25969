using System.Linq.Expressions;
using Backend.EfCore.Dialect;
using Backend.EfCore.Entities;
using Backend.Mime;

namespace Backend.EfCore.Search;

/// <summary>What a search key that looks for a text asks of a message's folded texts. RFC 9051 §6.4.4.</summary>
/// <param name="Columns">Where the needles are.</param>
/// <param name="Needles">Folded texts, none empty, that all are there.</param>
/// <param name="Holds">The same as a test of the texts; together with <paramref name="Refines"/> it is exact where it is sure.</param>
/// <param name="Refines">
/// A test that says more than <paramref name="Holds"/>, and enough alone: a column for the one field that is searched. Null where there is none.
/// </param>
sealed record TextTest(TextColumns Columns, ImmutableArray<string> Needles, Expression<Func<ContentTextEntity, bool>> Holds, Expression<Func<ContentEntity, bool>>? Refines = null)
{
    /// <summary>That it holds for every message.</summary>
    public static TextTest Every { get; } = new(TextColumns.Headers, [], static text => true);

    /// <summary>That it holds for none.</summary>
    public static TextTest None { get; } = new(TextColumns.Headers, [], static text => false);

    /// <summary>Whether the database can only say that it may hold, unless the text says that it surely does.</summary>
    public static bool IsVague(SearchKey key) => key is SearchKey.Header { Value.Length: > 0 } header && ColumnOf(header.Field, "") is null;

    /// <summary>The test of a key; null of one that does not look for text.</summary>
    /// <param name="key">The key.</param>
    /// <param name="sure">Whether it must hold for no message that does not match, or for every one that may.</param>
    public static TextTest? Of(SearchKey key, bool sure) => key switch
    {
        SearchKey.Header header => OfHeader(header.Field, CaseMap.Fold(header.Value), sure),
        SearchKey.Body body => OfBody(CaseMap.Fold(body.Value)),
        SearchKey.Text text => OfText(CaseMap.Fold(text.Value)),
        _ => null,
    };

    static TextTest OfHeader(string field, string needle, bool sure)
    {
        // A field is one line, and its name ends at the colon.
        if (needle.Contains('\n') || field.AsSpan().ContainsAny(':', '\n'))
            return None;
        if (needle.Length > 0 && ColumnOf(field, needle) is { } column)
            return new TextTest(TextColumns.Headers, [needle], text => text.Header.Contains(needle), column);
        var name = $"\n{CaseMap.Fold(field)}:";
        var start = name + needle;
        return sure || needle.Length == 0
            ? new TextTest(TextColumns.Headers, [start], text => text.Header.Contains(start))
            : new TextTest(TextColumns.Headers, [name, needle], text => text.Header.Contains(name) && text.Header.Contains(needle));
    }

    static Expression<Func<ContentEntity, bool>>? ColumnOf(string field, string needle) => field.ToUpperInvariant() switch
    {
        "SUBJECT" => content => content.Subject.Contains(needle),
        "FROM" => content => content.From.Contains(needle),
        "TO" => content => content.To.Contains(needle),
        "CC" => content => content.Cc.Contains(needle),
        _ => null,
    };

    static TextTest OfBody(string needle) =>
        needle.Length == 0 ? Every : new TextTest(TextColumns.Body, [needle], text => text.Body.Contains(needle));

    static TextTest OfText(string needle) => needle.Length == 0
        ? Every
        : new TextTest(
            TextColumns.Headers | TextColumns.Body,
            [needle],
            text => text.Header.Contains(needle) || text.PartHeader.Contains(needle) || text.Body.Contains(needle));
}
