using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Imap.Specification.Tests;

namespace Imap.Server.Tests.Wire;

/// <summary>
/// A command means the same in whatever case its words are, and whichever form its strings have. RFC 9051 §4.3, §9; RFC 3501 §4.3, §9.
/// Each is carried out on a server of its own, and the answers are compared.
/// </summary>
public sealed partial class WordsAndStringsTests
{
    static readonly string[] SetUp = ["CREATE \"a box\"", "SUBSCRIBE \"a box\"", "SUBSCRIBE INBOX"];

    /// <summary>Every command that takes words or strings; the user, a mailbox and a message are there.</summary>
    public static TheoryData<bool, string> Commands { get; } = new()
    {
        { false, "LOGIN \"user\" \"secret\"" },
        { false, "LOGIN \"user\" \"wrong\"" },
        { false, "ID (\"name\" \"tests\" \"version\" NIL)" },
        { false, "CAPABILITY" },
        { true, "SELECT \"INBOX\"" },
        { true, "EXAMINE \"a box\"" },
        { true, "CREATE \"new/er\"" },
        { true, "DELETE \"a box\"" },
        { true, "RENAME \"a box\" \"another box\"" },
        { true, "SUBSCRIBE \"a box\"" },
        { true, "UNSUBSCRIBE \"INBOX\"" },
        { true, "LIST \"\" \"*\"" },
        { true, "LIST (SPECIAL-USE) \"a\" \"%\" RETURN (SPECIAL-USE)" },
        { true, "LSUB \"\" \"a%\"" },
        { true, "STATUS \"INBOX\" (MESSAGES UIDNEXT UNSEEN)" },
        { true, "ENABLE IMAP4REV2 UTF8=ACCEPT" },
        { true, "NAMESPACE" },
        { true, "FETCH 1 (FLAGS ENVELOPE BODY.PEEK[HEADER.FIELDS (\"Subject\" \"From\")]<0.10> BODYSTRUCTURE)" },
        { true, "UID FETCH 1:* BODY.PEEK[HEADER.FIELDS.NOT (\"To\")]" },
        { true, "STORE 1 +FLAGS.SILENT (\\SEEN $WORK)" },
        { true, "UID STORE 1 -FLAGS \\DELETED" },
        { true, "COPY 1 \"a box\"" },
        { true, "UID MOVE 1 \"a box\"" },
        { true, "MOVE 1 \"missing\"" },
        { true, "SEARCH CHARSET \"UTF-8\" OR SUBJECT \"one\" (NOT HEADER \"X-Not\" \"\") TEXT \"message\"" },
        { true, "UID SEARCH FROM \"sender\" SINCE \"1-Jan-2020\" UNKEYWORD $WORK" },
        { true, "APPEND \"a box\" (\\SEEN) \" 1-Jul-2026 09:05:03 +0200\" {3+}\r\na\r\n" },
        { true, "CHECK" },
        { true, "NOOP" },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Words_are_the_same_in_any_case(bool loggedIn, string command)
    {
        var expected = await AnswerAsync(loggedIn, command);

        Assert.Equal(expected, await AnswerAsync(loggedIn, InCase(command, static (c, _) => char.ToLowerInvariant(c))));
        Assert.Equal(expected, await AnswerAsync(loggedIn, InCase(command, static (c, i) => i % 2 == 0 ? char.ToLowerInvariant(c) : c)));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Strings_are_the_same_in_any_form(bool loggedIn, string command)
    {
        var expected = await AnswerAsync(loggedIn, command);

        Assert.Equal(expected, await AnswerAsync(loggedIn, InForm(command, "+")));
        Assert.Equal(expected, await AnswerAsync(loggedIn, InForm(command, "")));
    }

    [Theory]
    [InlineData(0, "NO")]
    [InlineData(1, "BAD")]
    public async Task A_line_has_up_to_64_kilooctets(int more, string status)
    {
        await using var server = await ImapTestServer.StartAsync();
        using var client = await server.LogInAsync();
        var line = "a SELECT \"";
        line += new string('x', (64 * 1024) - line.Length - 3 + more) + "\"\r\n";
        await client.SendAsync(line);

        // A name of that length is no mailbox's.
        Assert.StartsWith($"a {status} ", (await client.ReadUntilTaggedAsync("a"))[^1], StringComparison.Ordinal);
    }

    static string InCase(string command, Func<char, int, char> change)
    {
        var changed = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < command.Length; i++)
        {
            quoted ^= command[i] == '"';
            // The name of a keyword may be kept as it is written.
            changed.Append(quoted || command[i] == '\r' || IsOfKeyword(command, i) ? command[i] : change(command[i], i));
            if (command[i] == '\r')
                return changed.Append(command.AsSpan(i + 1)).ToString();
        }

        return changed.ToString();
    }

    static bool IsOfKeyword(string command, int index) => Keyword().Matches(command).Any(match => index >= match.Index && index < match.Index + match.Length);

    // A date is no string, though it has quotes.
    static string InForm(string command, string plus) =>
        Quoted().Replace(command, match => match.Value.Contains('-', StringComparison.Ordinal) && match.Value.Contains("20", StringComparison.Ordinal)
            ? match.Value
            : string.Create(CultureInfo.InvariantCulture, $"{{{match.Length - 2}{plus}}}\r\n{match.Value[1..^1]}"));

    static async Task<string> AnswerAsync(bool loggedIn, string command)
    {
        await using var server = await ImapTestServer.StartAsync();
        using var setUp = await server.LogInAsync();
        foreach (var line in SetUp)
            Assert.StartsWith("s OK", (await setUp.CommandAsync("s", line))[^1], StringComparison.Ordinal);
        await server.AppendAsync("From: sender@example.org\r\nTo: you@example.org\r\nSubject: Message one\r\n\r\nmessage\r\n"u8.ToArray());
        using var client = loggedIn ? await server.SelectAsync() : await server.ConnectAsync();
        return string.Join('\n', Changing().Replace(string.Join('\n', await SayAsync(client, $"a {command}\r\n")), "[$1]"));
    }

    // Sends a command, and what follows a literal's announcement only when it is asked for.
    static async Task<List<string>> SayAsync(WireClient client, string command)
    {
        var parts = Announcement().Split(command);
        await client.SendAsync(parts[0]);
        var said = new List<string>();
        foreach (var part in parts.Skip(1))
        {
            var line = await client.ReadLineAsync();
            Assert.StartsWith("+ ", line, StringComparison.Ordinal);
            await client.SendAsync(part);
        }

        said.AddRange(await client.ReadUntilTaggedAsync("a"));
        return said;
    }

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\$\w+")]
    private static partial Regex Keyword();

    [GeneratedRegex(@"(?<=\{\d+\}\r\n)")]
    private static partial Regex Announcement();

    // What differs from one server to the next.
    [GeneratedRegex(@"\[(UIDVALIDITY|APPENDUID|COPYUID|MAILBOXID) \(?\w+")]
    private static partial Regex Changing();
}
