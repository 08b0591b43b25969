using System.Globalization;

namespace Imap.Server.Tests.Memory;

static class MemorySearch
{
    public static bool Matches(SearchKey key, MemoryMessage message, HashSet<Uid> recent, Uid highest) => key switch
    {
        SearchKey.All => true,
        SearchKey.Uids uids => uids.Set.Contains(message.Uid, highest),
        SearchKey.HasFlag { Flag: var flag } when flag == Flag.Recent => recent.Contains(message.Uid),
        SearchKey.HasFlag { Flag: var flag } => message.Flags.Contains(flag),
        SearchKey.InternalDate date => Compare(date.Comparison, DateOnly.FromDateTime(message.Date.DateTime), date.Day),
        SearchKey.SentDate date => SentDay(message) is { } day && Compare(date.Comparison, day, date.Day),
        SearchKey.Header header => message.Header.Any(field => field.Name.Equals(header.Field, StringComparison.OrdinalIgnoreCase) && Has(field.Value, header.Value)),
        SearchKey.Body body => Has(message.Body, body.Value),
        SearchKey.Text text => Has(message.Text, text.Value),
        SearchKey.Larger larger => message.Octets.Length > larger.Octets,
        SearchKey.Smaller smaller => message.Octets.Length < smaller.Octets,
        SearchKey.Not not => !Matches(not.Key, message, recent, highest),
        SearchKey.And and => and.Keys.All(inner => Matches(inner, message, recent, highest)),
        SearchKey.Or or => Matches(or.Left, message, recent, highest) || Matches(or.Right, message, recent, highest),
        _ => throw new NotSupportedException($"The server does not ask for {key}."),
    };

    static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    static bool Compare(DateComparison comparison, DateOnly day, DateOnly other) => comparison switch
    {
        DateComparison.Before => day < other,
        DateComparison.On => day == other,
        _ => day >= other,
    };

    static DateOnly? SentDay(MemoryMessage message) =>
        DateTimeOffset.TryParse(message.Field("Date"), CultureInfo.InvariantCulture, out var date) ? DateOnly.FromDateTime(date.DateTime) : null;
}
