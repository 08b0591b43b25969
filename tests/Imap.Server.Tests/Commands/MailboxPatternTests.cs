using System.Diagnostics;
using System.Text.RegularExpressions;
using CsCheck;
using Imap.Server.Commands;

namespace Imap.Server.Tests.Commands;

/// <summary>RFC 3501 §6.3.8; RFC 9051 §6.3.9.</summary>
public sealed class MailboxPatternTests
{
    [Theory]
    [InlineData("*", "a/b/c", true)]
    [InlineData("%", "a", true)]
    [InlineData("%", "a/b", false)]
    [InlineData("%/%", "a/b", true)]
    [InlineData("%/%", "a/b/c", false)]
    [InlineData("a%", "a", true)]
    [InlineData("a%", "abc", true)]
    [InlineData("a*", "a/b", true)]
    [InlineData("a/%", "a", false)]
    [InlineData("*b", "a/b", true)]
    [InlineData("%b", "a/b", false)]
    [InlineData("%%", "abc", true)]
    [InlineData("%*", "a/b", true)]
    [InlineData("*%", "a/b", true)]
    [InlineData("a.c", "abc", false)]
    [InlineData("A", "a", false)]
    [InlineData("inbox", "INBOX", true)]
    [InlineData("inb*", "INBOX", true)]
    [InlineData("%BoX", "INBOX", true)]
    [InlineData("inbox/%", "INBOX/sub", true)]
    [InlineData("inbox/SUB", "INBOX/sub", false)]
    [InlineData("inbox2", "INBOX2", false)]
    public void A_pattern_matches(string pattern, string name, bool matches) =>
        Assert.Equal(matches, new MailboxPattern(pattern).Matches(MailboxName.Parse(name)));

    [Fact]
    public void It_matches_what_a_regular_expression_matches() =>
        Gen.Select(Gen.Char["ab/*%"].Array[0, 12].Select(static chars => new string(chars)), Gen.Char["ab/"].Array[1, 12].Select(static chars => new string(chars)))
            .Where(static pair => MailboxName.TryParse(pair.Item2, out _, out _))
            .Sample(static (pattern, text) =>
            {
                var name = MailboxName.Parse(text);
                var regex = Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace("%", "[^/]*", StringComparison.Ordinal);
                return new MailboxPattern(pattern).Matches(name) == Regex.IsMatch(name.Value, $"^{regex}$");
            });

    [Fact]
    public void No_pattern_takes_for_ever()
    {
        var pattern = new MailboxPattern(string.Concat(Enumerable.Repeat("*a%", 1_000)));
        var start = Stopwatch.GetTimestamp();

        Assert.False(pattern.Matches(MailboxName.Parse(new string('a', 900) + "b")));
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }
}
