using System.Text;
using System.Text.RegularExpressions;
using Imap.Specification.Tests;

namespace Fuzz.Tests;

/// <summary>What inputs are made from: the lines that clients say in the transcripts, and the words in them.</summary>
static partial class Seeds
{
    /// <summary>Each client's whole side of each transcript, in lines with their ends.</summary>
    public static IReadOnlyList<byte[][]> Conversations { get; } =
    [
        .. from name in Transcript.Names
           from client in Transcript.Read(name.Data).Steps.Where(static step => step.Kind is "C" or "C-" or "Cx").GroupBy(static step => step.Client)
           select client.Select(Octets).ToArray(),
    ];

    /// <summary>The lines alone.</summary>
    public static IReadOnlyList<byte[]> Lines { get; } = [.. Conversations.SelectMany(static lines => lines)];

    /// <summary>Words and what stands between them.</summary>
    public static IReadOnlyList<byte[]> Words { get; } =
    [
        .. Lines.SelectMany(static line => WordPattern().Matches(Encoding.Latin1.GetString(line)).Select(static match => match.Value)).Distinct().Order(StringComparer.Ordinal)
            .Concat(["(", ")", "\"", "\\", "{", "}", "{1}", "{1+}\r\nx", "{0+}\r\n", "~{1+}\r\n\0", "{4097+}\r\n", "[", "]", "<", ">", "*", "%", "$", ":", ",", ".", " ", "\r", "\n", "\r\n", "\0", "\t", "\u00ff", "\u00c3\u00a4", "&AOQ-", "&", "NIL"])
            .Concat(["0", "1", "-1", "4294967295", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551616", "1:*", "*:*", "2,4:3,*"])
            .Select(Encoding.Latin1.GetBytes),
    ];

    static byte[] Octets(TranscriptStep step) => step.Kind switch
    {
        "Cx" => Convert.FromHexString(step.Text.Replace(" ", "", StringComparison.Ordinal)),
        "C-" => Encoding.Latin1.GetBytes(Filled(step.Text)),
        _ => Encoding.Latin1.GetBytes(Filled(step.Text) + "\r\n"),
    };

    static string Filled(string text) => text
        .Replace("{user}", "user", StringComparison.Ordinal).Replace("{password}", "secret", StringComparison.Ordinal)
        .Replace("{plain}", Convert.ToBase64String("\0user\0secret"u8), StringComparison.Ordinal)
        .Replace("{validity}", "1", StringComparison.Ordinal);

    [GeneratedRegex(@"[A-Za-z0-9.\\$+-]+")]
    private static partial Regex WordPattern();
}
