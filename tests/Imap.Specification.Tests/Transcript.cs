using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Imap.Specification.Tests;

/// <summary>
/// A conversation on the wire, line by line:
/// <list type="bullet">
/// <item><c># text</c>: a comment.</item>
/// <item><c>@open 1</c>, <c>@login 1</c>, <c>@select 1 NAME</c>: client 1 connects; logs in; selects a mailbox. Each does the ones before too.</item>
/// <item><c>@starttls 1</c>: client 1, who has been told to, shakes hands.</item>
/// <item><c>@compress 1</c>, <c>@uncompress 1</c>: from now on client 1 compresses, or does no more.</item>
/// <item><c>@colleague 2</c>: client 2 is another user of the same tenant, <c>{user2}</c>; <c>@stranger 3</c>: client 3 is a user of another tenant.</item>
/// <item><c>@append NAME COUNT [FLAGS]</c>: that many messages, whose subjects are "Message 1"..., are put into a mailbox.</item>
/// <item><c>@administrator</c>: the user may set quotas.</item>
/// <item><c>C1: text</c>: client 1 sends a line. <c>C1- text</c>: without its CRLF. <c>C1x 00 FF</c>: octets.</item>
/// <item><c>S1: text</c>: the next line that client 1 is sent. <c>...</c> stands for anything, <c>{name}</c> for a word that is
/// remembered the first time and must be the same after that; in lines of clients it is what was remembered.
/// A block of <c>S1? text</c> is matched in any order.</item>
/// <item><c>@closed 1</c>: the server has closed client 1's connection. <c>@close 1</c>: client 1 goes.</item>
/// </list>
/// <c>{user}</c>, <c>{password}</c> and <c>{plain}</c>, the two in the form of SASL PLAIN, are remembered from the start, and <c>{bearer}</c> and
/// <c>{xoauth}</c>, a good token in the form of OAUTHBEARER and XOAUTH2. Flags in parentheses
/// may come in any order. Ids of mailboxes (RFC 8474) are passed over where a line does not name them.
/// </summary>
public sealed partial class Transcript
{
    Transcript(string name, IReadOnlyList<TranscriptStep> steps) => (Name, Steps) = (name, steps);

    /// <summary>Folder and file name.</summary>
    public string Name { get; }

    /// <summary>The lines that say something.</summary>
    public IReadOnlyList<TranscriptStep> Steps { get; }

    /// <summary>Where the transcripts are.</summary>
    static string Root => Path.Combine(AppContext.BaseDirectory, "Transcripts");

    /// <summary>The names of all transcripts.</summary>
    public static TheoryData<string> Names =>
        [.. Directory.EnumerateFiles(Root, "*.imap", SearchOption.AllDirectories).Select(static file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal)];

    /// <summary>Reads one.</summary>
    public static Transcript Read(string name) => Parse(name, File.ReadAllText(Path.Combine(Root, name), Encoding.Latin1));

    /// <summary>Reads a text.</summary>
    /// <exception cref="FormatException">A line is none of a transcript.</exception>
    public static Transcript Parse(string name, string text)
    {
        var steps = new List<TranscriptStep>();
        var number = 0;
        foreach (var line in text.Split('\n').Select(static line => line.TrimEnd('\r')))
        {
            number++;
            if (line.Length == 0 || line.StartsWith('#'))
                continue;
            var match = StepPattern().Match(line);
            if (!match.Success)
                throw new FormatException($"{name}:{number}: not a line of a transcript: {line}");
            var directive = match.Groups["directive"];
            steps.Add(directive.Success
                ? new TranscriptStep(number, directive.Value, directive.Value is "append" or "administrator" ? 1 : Digit(match.Groups["who"].Value), match.Groups["arguments"].Value)
                : new TranscriptStep(number, match.Groups["side"].Value + match.Groups["sign"].Value.Replace(":", "", StringComparison.Ordinal), Digit(match.Groups["client"].Value), match.Groups["text"].Value));
        }

        return new Transcript(name, steps);
    }

    static int Digit(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:@(?<directive>append) (?<arguments>.+)|@(?<directive>administrator)|@(?<directive>open|colleague|stranger|starttls|compress|uncompress|login|select|close|closed) (?<who>[1-3])(?: (?<arguments>.+))?|(?<side>C)(?<client>[1-3])(?<sign>[-:x])(?: (?<text>.*))?|(?<side>S)(?<client>[1-3])(?<sign>[:?])(?: (?<text>.*))?)$")]
    private static partial Regex StepPattern();
}
