namespace Backend.Mime.Sorting;

/// <summary>The base subject: what is left of a subject without the marks of replies, forwards and lists. RFC 5256 §2.1, §5.</summary>
static class BaseSubject
{
    /// <summary>Extracts it from a subject whose encoded-words are decoded.</summary>
    /// <param name="subject">On one line.</param>
    /// <param name="isReply">Whether what was removed makes the message a reply or forward: a "Re:", "(fwd)" or "[fwd: ]". RFC 5256 §3 (THREAD).</param>
    public static string Of(string subject, out bool isReply)
    {
        isReply = false;
        var rest = Spaced(subject).AsSpan();
        while (true)
        {
            rest = WithoutTrailers(rest, ref isReply);
            rest = WithoutPrefixes(rest, ref isReply);
            // (6); what is inside begins again with (2).
            if (!StartsWith(rest, "[fwd:") || rest[^1] != ']')
                return rest.ToString();
            rest = rest[5..^1];
            isReply = true;
        }
    }

    // (1): tabs to spaces, several spaces to one.
    static string Spaced(string subject)
    {
        var text = new StringBuilder(subject.Length);
        foreach (var c in subject)
        {
            var spaced = c is '\t' or '\r' or '\n' ? ' ' : c;
            if (spaced != ' ' || text.Length == 0 || text[^1] != ' ')
                text.Append(spaced);
        }

        return text.ToString();
    }

    // (2): every subj-trailer.
    static ReadOnlySpan<char> WithoutTrailers(ReadOnlySpan<char> rest, scoped ref bool isReply)
    {
        while (true)
        {
            rest = rest.TrimEnd(' ');
            if (rest.Length < 5 || !StartsWith(rest[^5..], "(fwd)"))
                return rest;
            rest = rest[..^5];
            isReply = true;
        }
    }

    // (3) to (5). Blobs that no "Re:" follows go one by one as long as they leave something: all, or all but the last.
    static ReadOnlySpan<char> WithoutPrefixes(ReadOnlySpan<char> rest, scoped ref bool isReply)
    {
        while (true)
        {
            rest = rest.TrimStart(' ');
            var afterBlobs = rest;
            var lastBlob = rest;
            while (TryTakeBlob(afterBlobs, out var after))
            {
                lastBlob = afterBlobs;
                afterBlobs = after;
            }

            if (!TryTakeReplyMark(afterBlobs, out var content))
                return afterBlobs.IsEmpty ? lastBlob : afterBlobs;
            rest = content;
            isReply = true;
        }
    }

    // subj-blob
    static bool TryTakeBlob(ReadOnlySpan<char> text, out ReadOnlySpan<char> rest)
    {
        rest = text;
        if (text.IsEmpty || text[0] != '[')
            return false;
        var end = text[1..].IndexOfAny('[', ']');
        if (end < 0 || text[end + 1] == '[')
            return false;
        rest = text[(end + 2)..].TrimStart(' ');
        return true;
    }

    // subj-refwd
    static bool TryTakeReplyMark(ReadOnlySpan<char> text, out ReadOnlySpan<char> rest)
    {
        rest = text;
        var length = StartsWith(text, "fwd") ? 3 : StartsWith(text, "re") || StartsWith(text, "fw") ? 2 : 0;
        if (length == 0)
            return false;
        text = text[length..].TrimStart(' ');
        if (TryTakeBlob(text, out var afterBlob))
            text = afterBlob;
        if (text.IsEmpty || text[0] != ':')
            return false;
        rest = text[1..];
        return true;
    }

    static bool StartsWith(ReadOnlySpan<char> text, string word) => text.Length >= word.Length && Ascii.EqualsIgnoreCase(text[..word.Length], word);
}
