using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>
/// What LIST and LSUB match names against: <c>*</c> stands for anything, <c>%</c> for anything within a level. INBOX is the same in any case.
/// RFC 9051 §6.3.9; RFC 3501 §6.3.8.
/// </summary>
sealed class MailboxPattern
{
    // What no name has, so that it matches none.
    const string Nothing = "\0";

    readonly string pattern;

    /// <summary>A pattern as text: reference and pattern of the command, one behind the other.</summary>
    public MailboxPattern(string text)
    {
        // Two wildcards in a row are as one: * if either is.
        var shortened = new StringBuilder(text.Length);
        foreach (var c in text)
            if (!IsWildcard(c) || shortened.Length == 0 || !IsWildcard(shortened[^1]))
                shortened.Append(c);
            else if (c == '*')
                shortened[^1] = '*';
        pattern = shortened.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Whether it has a <c>%</c>.</summary>
    public bool HasLevelWildcard => pattern.Contains('%', StringComparison.Ordinal);

    /// <summary>The text of a reference or pattern as the client wrote it. One that is not modified UTF-7 can match no name, and does not.</summary>
    public static string Read(in ImapReader reader, ReadOnlySpan<byte> octets) => reader.TryDecodeMailbox(octets, out var text, out _) ? text : Nothing;

    /// <summary>Whether it asks for the levels of the hierarchy, be they mailboxes or not. RFC 9051 §6.3.9.</summary>
    public bool AsksForLevels => pattern.EndsWith('%');

    /// <summary>Whether a name matches: a walk over the name with the set of places in the pattern where it may stand.</summary>
    public bool Matches(MailboxName name)
    {
        var text = name.Value;
        var insensitive = name.IsInbox || name.IsInferiorTo(MailboxName.Inbox) ? MailboxName.Inbox.Value.Length : 0;
        var places = new bool[pattern.Length + 1];
        places[0] = true;
        SkipWildcards(places);
        for (var i = 0; i < text.Length; i++)
        {
            Step(places, text[i], i < insensitive);
            SkipWildcards(places);
        }

        return places[^1];
    }

    static bool IsWildcard(char c) => c is '*' or '%';

    // From behind, so that what is set here is not read again for the same character.
    void Step(bool[] places, char c, bool insensitive)
    {
        for (var at = pattern.Length; at >= 0; at--)
        {
            var stays = at < pattern.Length && places[at] && (pattern[at] == '*' || (pattern[at] == '%' && c != MailboxName.Delimiter));
            var comes = at > 0 && places[at - 1] && !IsWildcard(pattern[at - 1])
                && (pattern[at - 1] == c || (insensitive && char.ToUpperInvariant(pattern[at - 1]) == c));
            places[at] = stays || comes;
        }
    }

    // A wildcard may stand for nothing.
    void SkipWildcards(bool[] places)
    {
        for (var at = 0; at < pattern.Length; at++)
            if (places[at] && IsWildcard(pattern[at]))
                places[at + 1] = true;
    }
}
