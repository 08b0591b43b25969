using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Imap.Specification.Tests;

/// <summary>
/// A client that keeps a picture of each mailbox from nothing but what it is told, takes it along when it leaves and comes again, and checks
/// each line. RFC 9051 §7.4-7.5; RFC 7162 §3.2, §6.
/// </summary>
public sealed partial class SyncingClient(ImapAccount account, ClientKind kind, string name) : IDisposable
{
    readonly Dictionary<string, MailboxPicture> pictures = [];
    WireClient? wire;
    int commands;
    MessagePicture? openFetch;
    string command = "";
    (string Operation, string Flag)? silent;
    long? toldModSeq;
    long highestSeen;

    /// <summary>What it enables.</summary>
    public ClientKind Kind => kind;

    /// <summary>Which mailbox is selected; null for none.</summary>
    public string? Selected { get; private set; }

    /// <summary>What it believes of the mailbox that is selected.</summary>
    public MailboxPicture Picture => pictures[Selected ?? throw new InvalidOperationException("No mailbox is selected.")];

    /// <summary>The mailboxes it has been in.</summary>
    public IEnumerable<string> Visited => pictures.Keys;

    /// <summary>Whether it is told modification sequences.</summary>
    public bool HasModSeqs => kind is ClientKind.Condstore or ClientKind.Qresync;

    /// <summary>Everything that was said, for the message of a failure.</summary>
    public List<string> Conversation { get; } = [];

    /// <summary>How many commands it has sent.</summary>
    public int Commands => commands;

    /// <summary>Connects, logs in and enables.</summary>
    public async Task ConnectAsync(IPEndPoint endPoint)
    {
        wire?.Dispose();
        Selected = null;
        openFetch = null;
        Conversation.Add($"-- {name} connects");
        wire = await WireClient.ConnectAsync(endPoint);
        await wire.ReadLineAsync();
        await OkAsync($"LOGIN {account.Username} {account.Password}");
        if (kind != ClientKind.Plain)
            await OkAsync(kind switch { ClientKind.Condstore => "ENABLE CONDSTORE", ClientKind.Qresync => "ENABLE QRESYNC", _ => "ENABLE IMAP4rev2" });
    }

    /// <summary>Goes without a word.</summary>
    public void Drop()
    {
        Conversation.Add($"-- {name} is gone");
        wire?.Dispose();
        Selected = null;
    }

    /// <summary>Selects a mailbox; with QRESYNC it asks for no more than what it missed. RFC 7162 §3.2.5, §6.</summary>
    /// <param name="mailbox">Which.</param>
    /// <param name="withMatch">Whether it gives a sample of what it knows. RFC 7162 §3.2.5.2.</param>
    public async Task SelectAsync(string mailbox, bool withMatch)
    {
        if (!pictures.TryGetValue(mailbox, out var picture))
            pictures.Add(mailbox, picture = new MailboxPicture());
        var parameter = "";
        var keep = kind == ClientKind.Qresync && picture is { UidValidity: not null, HighestModSeq: > 0 };
        var known = picture.Messages.TakeWhile(static message => message.Uid is not null).ToList();
        if (keep)
        {
            var match = withMatch && !picture.IsResynchronizing && known.Count > 0 ? $" ({string.Join(',', Sample(known.Count).Select(static at => at + 1))} {string.Join(',', Sample(known.Count).Select(at => known[at].Uid))})" : "";
            parameter = string.Create(CultureInfo.InvariantCulture, $" (QRESYNC ({picture.UidValidity} {picture.HighestModSeq}{match}))");
        }

        picture.Reopen(keep);
        var last = known.Count == 0 ? 0 : known[^1].Uid!.Value;
        Selected = mailbox;
        await OkAsync($"SELECT {mailbox}{parameter}");
        if (!keep)
            return;
        // What came since it has not necessarily been told of: it knows that by UIDs alone.
        await OkAsync(string.Create(CultureInfo.InvariantCulture, $"UID FETCH {last + 1}:* (FLAGS MODSEQ)"));
        try
        {
            picture.Resynchronized();
        }
        catch (InvalidDataException exception)
        {
            Fail(Conversation[^1], exception.Message);
        }
    }

    /// <summary>Leaves the mailbox by CLOSE, which removes what is marked.</summary>
    public async Task CloseAsync()
    {
        await OkAsync("CLOSE");
        Selected = null;
    }

    /// <summary>Asks for what it has been told of by number alone.</summary>
    public async Task FetchNewAsync()
    {
        var first = Picture.Messages.FindIndex(message => message.Uid is null || message.Flags is null || (HasModSeqs && message.ModSeq is null));
        if (first >= 0)
            await CommandAsync(string.Create(CultureInfo.InvariantCulture, $"FETCH {first + 1}:* (UID FLAGS{(HasModSeqs ? " MODSEQ" : "")})"));
    }

    /// <summary>Sends a command that must succeed.</summary>
    public async Task OkAsync(string text)
    {
        var answer = await CommandAsync(text);
        if (!answer.StartsWith("OK", StringComparison.Ordinal))
            Fail(answer, "that was not expected");
    }

    /// <summary>Sends a STORE with .SILENT: the client works out by itself what becomes of the flags.</summary>
    public async Task<string> StoreSilentlyAsync(string text, int number, string operation, string flag, bool conditional)
    {
        // Of a condition the answer tells whether it held.
        if (conditional)
            silent = (operation, flag);
        else
            Apply(Picture.Messages[number - 1], operation, flag);
        var answer = await CommandAsync(text);
        silent = null;
        return answer;
    }

    /// <summary>Sends a command and follows the answer.</summary>
    /// <returns>The tagged response.</returns>
    public async Task<string> CommandAsync(string text, string? literal = null)
    {
        var tag = Begin(text);
        await Wire.SendAsync(literal is null ? $"{tag} {text}\r\n" : $"{tag} {text} {{{literal.Length}+}}\r\n{literal}\r\n");
        return await FinishAsync(tag);
    }

    /// <summary>Idles for a while; then goes without a word, or says DONE.</summary>
    public async Task IdleAsync(TimeSpan time, bool drop)
    {
        var tag = Begin("IDLE");
        await Wire.SendAsync($"{tag} IDLE\r\n");
        while (!(await FollowNextAsync()).StartsWith('+'))
            continue;
        await Task.Delay(time);
        while (Wire.HasInput)
        {
            await FollowNextAsync();
            // Flags come in the order of their changes, so it has heard of all before what it heard of.
            TakeModSeq();
        }

        if (drop)
        {
            Drop();
            return;
        }

        await Wire.SendAsync("DONE\r\n");
        await FinishAsync(tag);
    }

    /// <inheritdoc/>
    public void Dispose() => wire?.Dispose();

    WireClient Wire => wire ?? throw new InvalidOperationException("Not connected.");

    string Begin(string text)
    {
        command = text;
        var tag = $"{name}{(++commands).ToString(CultureInfo.InvariantCulture)}";
        Conversation.Add($"C: {tag} {text}");
        return tag;
    }

    async Task<string> FinishAsync(string tag)
    {
        string line;
        do
            line = await FollowNextAsync();
        while (!line.StartsWith($"{tag} ", StringComparison.Ordinal));
        TakeModSeq();
        return line[(tag.Length + 1)..];
    }

    async Task<string> FollowNextAsync()
    {
        var line = await Wire.ReadLineAsync() ?? throw new InvalidDataException($"The server closed.\n{string.Join('\n', Conversation.TakeLast(40))}");
        Conversation.Add($"S: {line}");
        try
        {
            Follow(line);
        }
        catch (InvalidDataException exception)
        {
            Fail(line, exception.Message);
        }

        return line;
    }

    // RFC 7162 §6: at a tagged response.
    void TakeModSeq()
    {
        if (Selected is not null && !command.StartsWith("CLOSE", StringComparison.Ordinal))
            Picture.HighestModSeq = toldModSeq ?? Math.Max(Picture.HighestModSeq, highestSeen);
        (toldModSeq, highestSeen) = (null, 0);
    }

    void Follow(string line)
    {
        // What stands behind a literal belongs to the same response. The literals here have no line end in them.
        if (openFetch is not null)
            Learn(openFetch, line);
        openFetch = null;
        if (ModSeqCode().Match(line) is { Success: true } code)
            toldModSeq = long.Parse(code.Groups[1].Value, CultureInfo.InvariantCulture);
        if (UidValidityCode().Match(line) is { Success: true } validity)
            TakeUidValidity(uint.Parse(validity.Groups[1].Value, CultureInfo.InvariantCulture));
        if (VanishedLine().Match(line) is { Success: true } vanished)
            Vanish(vanished.Groups[1].Success, vanished.Groups[2].Value);
        else if (Numbered().Match(line) is { Success: true } numbered)
            FollowNumbered(line, int.Parse(numbered.Groups[1].Value, CultureInfo.InvariantCulture), numbered.Groups[2].Value);
    }

    void FollowNumbered(string line, int number, string word)
    {
        switch (word)
        {
            case "EXISTS":
                Picture.SetExists(number);
                break;
            case "EXPUNGE":
                RequireExpunge(kind != ClientKind.Qresync);
                Picture.Expunge(number);
                break;
            default:
                var uid = UidPattern().Match(line) is { Success: true } told ? uint.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture) : (uint?)null;
                var message = Picture.Fetched(number, uid);
                Learn(message, line);
                RequireForm(line);
                openFetch = line.EndsWith('}') ? message : null;
                break;
        }
    }

    void Vanish(bool earlier, string set)
    {
        if (!earlier)
            RequireExpunge(kind == ClientKind.Qresync);
        foreach (var range in set.Split(','))
        {
            var bounds = range.Split(':');
            for (var uid = uint.Parse(bounds[0], CultureInfo.InvariantCulture); uid <= uint.Parse(bounds[^1], CultureInfo.InvariantCulture); uid++)
                if (earlier)
                    Picture.VanishEarlier(uid);
                else
                    Picture.Vanish(uid);
        }
    }

    // RFC 9051 §7.5.1; RFC 7162 §3.2.10.
    void RequireExpunge(bool rightWord)
    {
        if (!rightWord || command.StartsWith("FETCH", StringComparison.Ordinal) || command.StartsWith("STORE", StringComparison.Ordinal) || command.StartsWith("SEARCH", StringComparison.Ordinal) || command.StartsWith("UID SEARCH 1", StringComparison.Ordinal))
            throw new InvalidDataException($"It was said during {command}.");
    }

    // RFC 7162 §3.2.4: whoever wants modification sequences gets them with every change; so does RFC 9051 with the UID.
    void RequireForm(string line)
    {
        var asked = command.StartsWith("FETCH", StringComparison.Ordinal) || command.StartsWith("UID FETCH", StringComparison.Ordinal);
        if (!asked && HasModSeqs && !(line.Contains("UID ", StringComparison.Ordinal) && line.Contains("MODSEQ (", StringComparison.Ordinal)))
            throw new InvalidDataException("UID or MODSEQ is missing.");
        if (!HasModSeqs && line.Contains("MODSEQ", StringComparison.Ordinal))
            throw new InvalidDataException("Nobody wanted MODSEQ.");
    }

    void TakeUidValidity(uint value)
    {
        if (Picture.UidValidity is { } before && before != value)
            throw new InvalidDataException($"UIDVALIDITY was {before}.");
        Picture.UidValidity = value;
    }

    void Learn(MessagePicture message, string line)
    {
        if (ModSeqPattern().Match(line) is { Success: true } told)
        {
            var modSeq = long.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture);
            if (modSeq < message.ModSeq)
                throw new InvalidDataException($"MODSEQ was {message.ModSeq}.");
            message.ModSeq = modSeq;
            highestSeen = Math.Max(highestSeen, modSeq);
        }

        if (FlagsPattern().Match(line) is { Success: true } list)
            message.Flags = Join(list.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        else if (silent is { } change && line.Contains("MODSEQ", StringComparison.Ordinal))
            Apply(message, change.Operation, change.Flag);
    }

    static void Apply(MessagePicture message, string operation, string flag)
    {
        if (message.Flags is not { } flags)
            return;
        var set = flags.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        if (operation == "+")
            set.Add(flag);
        else if (operation == "-")
            set.Remove(flag);
        else
            set = [flag];
        message.Flags = Join(set);
    }

    void Fail(string line, string why) =>
        Assert.Fail($"{name} ({kind}) in {Selected} was told \"{line}\": {why}\n{string.Join('\n', Conversation.TakeLast(60))}");

    // \Recent is a matter of each session.
    static string Join(IEnumerable<string> flags) => string.Join(' ', flags.Where(static flag => flag != "\\Recent").Order(StringComparer.Ordinal));

    // Exponentially nearer to the end, as a client would.
    static IEnumerable<int> Sample(int count) =>
        Enumerable.Range(0, 8).Select(power => count - (count >> power)).Append(count - 1).Where(at => at >= 0 && at < count).Distinct().Order();

    [GeneratedRegex(@"^\* (\d+) (EXISTS|EXPUNGE|FETCH)\b")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^\* VANISHED (\(EARLIER\) )?([0-9:,]+)$")]
    private static partial Regex VanishedLine();

    [GeneratedRegex(@"\[HIGHESTMODSEQ (\d+)\]")]
    private static partial Regex ModSeqCode();

    [GeneratedRegex(@"^\* OK \[UIDVALIDITY (\d+)\]")]
    private static partial Regex UidValidityCode();

    [GeneratedRegex(@"\bUID (\d+)")]
    private static partial Regex UidPattern();

    [GeneratedRegex(@"\bMODSEQ \((\d+)\)")]
    private static partial Regex ModSeqPattern();

    [GeneratedRegex(@"\bFLAGS \(([^)]*)\)")]
    private static partial Regex FlagsPattern();
}
