using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Imap.Specification.Tests;

/// <summary>Plays a transcript against a server, with up to three clients of one fresh user, or of others.</summary>
public sealed partial class TranscriptPlayer : IDisposable
{
    readonly Transcript transcript;
    readonly IImapFixture fixture;
    readonly Dictionary<string, string> remembered = [];
    readonly Dictionary<int, WireClient> clients = [];
    readonly HashSet<int> loggedIn = [];
    readonly Dictionary<int, ImapAccount> others = [];
    readonly string tenant = $"tenant-{Guid.NewGuid():N}";
    readonly StringBuilder heard = new();

    TranscriptPlayer(Transcript transcript, IImapFixture fixture) => (this.transcript, this.fixture) = (transcript, fixture);

    /// <summary>Plays it; every line that is not as it should be fails, with what was said up to there.</summary>
    public static async Task PlayAsync(Transcript transcript, IImapFixture fixture)
    {
        using var player = new TranscriptPlayer(transcript, fixture);
        // Who shares mailboxes does so in a tenant of the transcript's own, where nobody else sees them.
        var account = await (transcript.Steps.Any(static step => step.Kind is "colleague" or "stranger") ? fixture.AddUserAsync(player.tenant) : fixture.AddUserAsync());
        player.remembered["user"] = account.Username;
        player.remembered["password"] = account.Password;
        player.remembered["plain"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{account.Username}\0{account.Password}"));
        player.remembered["bearer"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"n,a={account.Username},\u0001host=server.example\u0001port=143\u0001auth=Bearer token-of-{account.Username}\u0001\u0001"));
        player.remembered["xoauth"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"user={account.Username}\u0001auth=Bearer token-of-{account.Username}\u0001\u0001"));
        await player.PlayAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var client in clients.Values)
            client.Dispose();
    }

    async Task PlayAsync()
    {
        for (var i = 0; i < transcript.Steps.Count; i++)
        {
            var step = transcript.Steps[i];
            try
            {
                if (step.Kind == "S?")
                    i += await ExpectInAnyOrderAsync(i) - 1;
                else
                    await PlayAsync(step);
            }
            catch (Exception exception)
            {
                Assert.Fail($"{transcript.Name}:{step.LineNumber}: {exception.Message}\n{heard}");
            }
        }
    }

    Task PlayAsync(TranscriptStep step) => step.Kind switch
    {
        "C" => SayAsync(step.Client, Encoding.Latin1.GetBytes(Substitute(step.Text) + "\r\n")),
        "C-" => SayAsync(step.Client, Encoding.Latin1.GetBytes(Substitute(step.Text))),
        "Cx" => SayAsync(step.Client, Convert.FromHexString(step.Text.Replace(" ", "", StringComparison.Ordinal))),
        "S" => ExpectAsync(step.Client, step.Text),
        "open" => OpenAsync(step.Client),
        "starttls" => clients[step.Client].StartTlsAsync(),
        "compress" => ChangeAsync(clients[step.Client].StartCompression),
        "uncompress" => ChangeAsync(clients[step.Client].EndCompression),
        "colleague" => AddUserAsync(step.Client, fixture.AddUserAsync(tenant)),
        "stranger" => AddUserAsync(step.Client, fixture.AddUserAsync()),
        "login" => LogInAsync(step.Client),
        "select" => SelectAsync(step.Client, Substitute(step.Text)),
        "administrator" => fixture.MakeAdministratorAsync(remembered["user"]),
        "append" => AppendAsync(step.Text.Split(' ', 3)),
        "closed" => ExpectEndAsync(step.Client),
        "close" => CloseAsync(step.Client),
        _ => throw new FormatException($"Not a step: {step.Kind}"),
    };

    async Task<WireClient> OpenAsync(int number)
    {
        if (clients.TryGetValue(number, out var client))
            return client;
        client = clients[number] = await WireClient.ConnectAsync(fixture.EndPoint);
        var greeting = await client.ReadLineAsync();
        Hear($"S{number}: {greeting}");
        Assert.StartsWith("* OK ", greeting, StringComparison.Ordinal);
        return client;
    }

    static Task ChangeAsync(Action change)
    {
        change();
        return Task.CompletedTask;
    }

    async Task LogInAsync(int number)
    {
        var client = await OpenAsync(number);
        if (!loggedIn.Add(number))
            return;
        var (username, password) = others.TryGetValue(number, out var other) ? (other.Username, other.Password) : (remembered["user"], remembered["password"]);
        var lines = await client.CommandAsync("login", $"LOGIN {username} {password}");
        Assert.StartsWith("login OK", lines[^1], StringComparison.Ordinal);
    }

    async Task AddUserAsync(int number, Task<ImapAccount> adding)
    {
        others[number] = await adding;
        remembered[$"user{number}"] = others[number].Username;
    }

    async Task SelectAsync(int number, string name)
    {
        await LogInAsync(number);
        var lines = await clients[number].CommandAsync("select", $"SELECT {name}");
        foreach (var line in lines)
            Hear($"S{number}: {line}");
        Assert.StartsWith("select OK", lines[^1], StringComparison.Ordinal);
    }

    async Task AppendAsync(string[] arguments)
    {
        using var client = await WireClient.ConnectAsync(fixture.EndPoint);
        await client.ReadLineAsync();
        await client.CommandAsync("login", $"LOGIN {remembered["user"]} {remembered["password"]}");
        for (var i = 1; i <= int.Parse(arguments[1], CultureInfo.InvariantCulture); i++)
        {
            var message = $"From: sender@example.org\r\nTo: reader@example.org\r\nSubject: Message {i}\r\nDate: {i:00} Jan 2026 10:00:00 +0000\r\nMessage-ID: <m{i}@example.org>\r\n\r\nText {i}\r\n";
            var flags = arguments.Length > 2 ? $"{arguments[2]} " : "";
            var lines = await client.CommandAsync("append", $"APPEND {arguments[0]} {flags}\"{i:00}-Jan-2026 10:00:00 +0000\" {{{message.Length}+}}\r\n{message}");
            Assert.StartsWith("append OK", lines[^1], StringComparison.Ordinal);
        }
    }

    async Task SayAsync(int number, byte[] octets)
    {
        var client = await OpenAsync(number);
        Hear($"C{number}: {Encoding.Latin1.GetString(octets).TrimEnd()}");
        await client.SendAsync(octets);
    }

    async Task ExpectAsync(int number, string pattern)
    {
        var line = await HearAsync(number, SpeaksOfIds(pattern));
        if (!Matches(pattern, line))
            Assert.Fail($"expected \"{Substitute(pattern)}\", and the server said \"{line}\"");
    }

    async Task<int> ExpectInAnyOrderAsync(int first)
    {
        var block = transcript.Steps.Skip(first).TakeWhile(step => step.Kind == "S?" && step.Client == transcript.Steps[first].Client).ToList();
        var open = block.ToList();
        while (open.Count > 0)
        {
            var line = await HearAsync(block[0].Client, open.Exists(static step => SpeaksOfIds(step.Text)));
            var match = open.Find(step => Matches(step.Text, line));
            if (match is null)
                Assert.Fail($"expected one of {string.Join(" | ", open.Select(step => step.Text))}, and the server said \"{line}\"");
            open.Remove(match);
        }

        return block.Count;
    }

    async Task ExpectEndAsync(int number)
    {
        var line = await clients[number].ReadLineAsync();
        Assert.True(line is null, $"expected the end of the connection, and the server said \"{line}\"");
    }

    Task CloseAsync(int number)
    {
        if (clients.Remove(number, out var client))
            client.Dispose();
        loggedIn.Remove(number);
        return Task.CompletedTask;
    }

    async Task<string> HearAsync(int number, bool withIds)
    {
        while (true)
        {
            var line = await (await OpenAsync(number)).ReadLineAsync() ?? throw new InvalidDataException("the server has closed the connection");
            Hear($"S{number}: {line}");
            if (withIds || !line.StartsWith("* OK [MAILBOXID ", StringComparison.Ordinal))
                return line;
        }
    }

    // Ids of mailboxes are told on many occasions (RFC 8474 §4.1-4.2), and are the business of those transcripts alone that name them.
    static bool SpeaksOfIds(string pattern) => pattern.Contains("MAILBOXID", StringComparison.Ordinal);

    void Hear(string line) => heard.Append("    ").AppendLine(line.Length > 500 ? line[..500] + "[...]" : line);

    bool Matches(string pattern, string line)
    {
        (pattern, line) = (SortFlags(pattern), SortFlags(SpeaksOfIds(pattern) ? line : MailboxIdCode().Replace(line, "")));
        var names = new List<string>();
        var regex = new StringBuilder("^");
        var at = 0;
        foreach (var match in Place().Matches(pattern).Cast<Match>())
        {
            regex.Append(Regex.Escape(pattern[at..match.Index]));
            at = match.Index + match.Length;
            if (match.Value == "...")
                regex.Append(".*?");
            else if (remembered.TryGetValue(match.Groups[1].Value, out var value))
                regex.Append(Regex.Escape(value));
            else if (names.Contains(match.Groups[1].Value))
                regex.Append(CultureInfo.InvariantCulture, $@"\k<{match.Groups[1].Value}>");
            else
            {
                regex.Append(CultureInfo.InvariantCulture, $@"(?<{match.Groups[1].Value}>[^\s()\]]+)");
                names.Add(match.Groups[1].Value);
            }
        }

        var found = Regex.Match(line, regex.Append(Regex.Escape(pattern[at..])).Append('$').ToString(), RegexOptions.Singleline | RegexOptions.CultureInvariant);
        foreach (var name in found.Success ? names : [])
            remembered[name] = found.Groups[name].Value;
        return found.Success;
    }

    // Flags and attributes are sets: in which order they come is nobody's business.
    static string SortFlags(string text) =>
        FlagList().Replace(text, static match => $"({string.Join(' ', match.Groups[1].Value.Split(' ').Order(StringComparer.Ordinal))})");

    string Substitute(string text) =>
        Place().Replace(text, match => match.Value != "..." && remembered.TryGetValue(match.Groups[1].Value, out var value) ? value : match.Value);

    [GeneratedRegex(@"\(((?:\\?[A-Za-z$*][A-Za-z0-9$]* )*\\[A-Za-z*]+(?: \\?[A-Za-z$*][A-Za-z0-9$]*)*)\)")]
    private static partial Regex FlagList();

    [GeneratedRegex(@"\[MAILBOXID \([^)]*\)\] ")]
    private static partial Regex MailboxIdCode();

    [GeneratedRegex(@"\{([a-z][a-z0-9]*)\}|\.\.\.")]
    private static partial Regex Place();
}
