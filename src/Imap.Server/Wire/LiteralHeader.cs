namespace Imap.Server.Wire;

/// <summary>The announcement of a literal at the end of a line: <c>{310}</c> or <c>{310+}</c>. RFC 9051 §4.3; RFC 7888 §3.</summary>
/// <param name="Length">Its octets; <see cref="long.MaxValue"/> for a number that is too large to be meant.</param>
/// <param name="Synchronizing">Whether the client waits to be asked for it.</param>
/// <param name="Start">Where in the line the announcement begins.</param>
readonly record struct LiteralHeader(long Length, bool Synchronizing, int Start)
{
    /// <summary>The longest announcement that is looked for.</summary>
    public const int MaxLength = 24;

    /// <summary>What is wrong with a literal that is.</summary>
    public const string TooLargeUnasked = "A literal of so many octets has to wait until it is asked for.";

    /// <summary>Whether it comes unasked and is larger than such a literal may be.</summary>
    /// <param name="limit">Its octets at most; null for no limit.</param>
    public bool IsTooLargeUnasked(int? limit) => !Synchronizing && Length > limit;

    /// <summary>Looks for an announcement at the very end of a line (given without its line end), as RFC 7888 §3 demands of every line.</summary>
    public static bool TryFind(ReadOnlySpan<byte> line, out LiteralHeader header)
    {
        header = default;
        if (line.IsEmpty || line[^1] != '}')
            return false;
        var end = line.Length - 1;
        var synchronizing = true;
        if (end > 0 && line[end - 1] == '+')
        {
            synchronizing = false;
            end--;
        }

        var start = end;
        while (start > 0 && char.IsAsciiDigit((char)line[start - 1]))
            start--;
        if (start == end || start == 0 || line[start - 1] != '{')
            return false;
        var length = long.TryParse(line[start..end], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;
        header = new LiteralHeader(length, synchronizing, start - 1);
        return true;
    }
}
