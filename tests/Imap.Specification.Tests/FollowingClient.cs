using System.Globalization;
using System.Text.RegularExpressions;

namespace Imap.Specification.Tests;

/// <summary>
/// A client that knows of its mailbox only what it is told, and checks each line: EXISTS never falls, EXPUNGE comes only where it may,
/// a number never means another message than before, and what it knows of flags stays true. RFC 9051 §5.2, §7.4-7.5.
/// </summary>
public sealed partial class FollowingClient(WireClient wire, string name) : IDisposable
{
    int commands;
    int? openFetch;

    /// <summary>The messages as this client believes them, by sequence number. What it has not been told is null.</summary>
    public List<(uint? Uid, string? Flags)> Messages { get; } = [];

    /// <summary>Everything that was said, for the message of a failure.</summary>
    public List<string> Conversation { get; } = [];

    /// <summary>Sends a command and follows the answer.</summary>
    /// <returns>The tagged response.</returns>
    public async Task<string> CommandAsync(string command, string? literal = null)
    {
        var tag = $"{name}{(++commands).ToString(CultureInfo.InvariantCulture)}";
        Conversation.Add($"C: {tag} {command}");
        await wire.SendAsync(literal is null ? $"{tag} {command}\r\n" : $"{tag} {command} {{{literal.Length}+}}\r\n{literal}\r\n");
        var mayExpunge = !command.StartsWith("FETCH", StringComparison.Ordinal) && !command.StartsWith("STORE", StringComparison.Ordinal) && !command.StartsWith("SEARCH", StringComparison.Ordinal);
        foreach (var line in await wire.ReadUntilTaggedAsync(tag))
        {
            Conversation.Add($"S: {line}");
            Follow(line, mayExpunge);
        }

        return Conversation[^1][(tag.Length + 4)..];
    }

    /// <summary>Idles, and follows what it is told, until it knows what it waits for. RFC 2177.</summary>
    /// <param name="isDone">Asked after each line.</param>
    public async Task IdleUntilAsync(Func<bool> isDone)
    {
        var tag = $"{name}{(++commands).ToString(CultureInfo.InvariantCulture)}";
        Conversation.Add($"C: {tag} IDLE");
        await wire.SendAsync($"{tag} IDLE\r\n");
        string line;
        do
        {
            line = await wire.ReadLineAsync(TimeSpan.FromSeconds(60)) ?? throw new InvalidDataException("The server closed in IDLE.");
            Conversation.Add($"S: {line}");
            Follow(line, mayExpunge: true);
        }
        while (line.StartsWith('+') || !isDone());

        await wire.SendAsync("DONE\r\n");
        foreach (var last in await wire.ReadUntilTaggedAsync(tag))
        {
            Conversation.Add($"S: {last}");
            Follow(last, mayExpunge: true);
        }

        Assert.StartsWith($"{tag} OK", Conversation[^1][3..], StringComparison.Ordinal);
    }

    /// <summary>Takes note of what a silent STORE does to flags.</summary>
    public void Apply(int number, string operation, string flag)
    {
        var (uid, flags) = Messages[number - 1];
        if (flags is null)
            return;
        var set = flags.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        if (operation == "+")
            set.Add(flag);
        else if (operation == "-")
            set.Remove(flag);
        else
            set = [flag];
        Messages[number - 1] = (uid, Join(set));
    }

    /// <inheritdoc/>
    public void Dispose() => wire.Dispose();

    void Follow(string line, bool mayExpunge)
    {
        // What stands behind a literal belongs to the same response. The literals here have no line end in them.
        if (openFetch is { } open)
            Learn(open, line);
        openFetch = null;
        var match = Numbered().Match(line);
        if (!match.Success)
            return;
        var number = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        switch (match.Groups[2].Value)
        {
            case "EXISTS":
                Check(number >= Messages.Count, line);
                while (Messages.Count < number)
                    Messages.Add((null, null));
                break;
            case "EXPUNGE":
                Check(mayExpunge && number >= 1 && number <= Messages.Count, line);
                Messages.RemoveAt(number - 1);
                break;
            case "FETCH":
                Check(number >= 1 && number <= Messages.Count, line);
                Learn(number, line);
                openFetch = line.EndsWith('}') ? number : null;
                break;
        }
    }

    void Learn(int number, string line)
    {
        var (uid, flags) = Messages[number - 1];
        if (UidPattern().Match(line) is { Success: true } told)
        {
            var value = uint.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture);
            Check(uid is null || uid == value, line);
            uid = value;
        }

        if (FlagsPattern().Match(line) is { Success: true } list)
            flags = Join(list.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Messages[number - 1] = (uid, flags);
    }

    void Check(bool condition, string line)
    {
        if (!condition)
            Assert.Fail($"{name} with {Messages.Count} messages was told \"{line}\".\n{string.Join('\n', Conversation.TakeLast(60))}");
    }

    // \Recent is a matter of each session.
    static string Join(IEnumerable<string> flags) => string.Join(' ', flags.Where(static flag => flag != "\\Recent").Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^\* (\d+) (EXISTS|EXPUNGE|FETCH)\b")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"\bUID (\d+)")]
    private static partial Regex UidPattern();

    [GeneratedRegex(@"\bFLAGS \(([^)]*)\)")]
    private static partial Regex FlagsPattern();
}
