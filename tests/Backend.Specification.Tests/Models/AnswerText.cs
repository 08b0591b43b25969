namespace Backend.Specification.Tests.Models;

/// <summary>Parts of answers as text.</summary>
/// <param name="withRecent">
/// Whether \Recent is told of. Which of the sessions that look at a mailbox at the same time has it is undefined. RFC 3501 §2.3.2.
/// </param>
sealed class AnswerText(bool withRecent)
{
    const int LongestShown = 80;

    public string Recent(object? recent) => withRecent ? $"recent {recent}" : "";

    public string Of(FlagSet flags) => Listed(withRecent ? flags : flags.WithoutRecent());

    public static string Listed(FlagSet flags) => $"({string.Join(' ', flags.Select(static flag => flag.Name).Order(StringComparer.Ordinal))})";

    /// <summary>The flags that can be changed for good, told by how they stand to those that there are.</summary>
    public static string Permanent(FlagSet permanent, FlagSet flags) =>
        permanent.Count == 0 ? "none"
        : permanent.Equals(flags) ? "all"
        : permanent.Equals(flags.Union(FlagSet.Of(Flag.Wildcard))) ? "all and new ones"
        : Listed(permanent);

    public string Of(MessageFlags message, ModSeqOrder order) => $"{message.Uid} {Of(message.Flags)} {order.Of(message.ModSeq)}";

    public string Of(FetchedMessage fetched, ModSeqOrder order)
    {
        var message = fetched.Message;
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{message.Uid}");
        if (message.SequenceNumber is { } number)
            text.Append(CultureInfo.InvariantCulture, $" number {number}");
        if (message.Flags is { } flags)
            text.Append(CultureInfo.InvariantCulture, $" {Of(flags)}");
        if (message.InternalDate is { } date)
            text.Append(CultureInfo.InvariantCulture, $" dated {date:O}");
        if (message.Size is { } size)
            text.Append(CultureInfo.InvariantCulture, $" size {size}");
        if (message.ModSeq is { } modSeq)
            text.Append(CultureInfo.InvariantCulture, $" modseq {order.Of(modSeq)}");
        if (message.Envelope is { } envelope)
            text.Append(CultureInfo.InvariantCulture, $" envelope {Of(envelope.Encoded.ToArray())}");
        if (message.BodyStructure is { } structure)
            text.Append(CultureInfo.InvariantCulture, $" structure {Of(structure.Encoded.ToArray())}");
        foreach (var octets in fetched.Octets)
            text.Append(CultureInfo.InvariantCulture, $" [{Of(octets)}]");
        return text.ToString();
    }

    static string Of(byte[]? octets)
    {
        if (octets is null)
            return "NIL";
        var shown = Encoding.Latin1.GetString(octets.AsSpan(0, Math.Min(octets.Length, LongestShown))).ReplaceLineEndings(@"\n");
        return octets.Length <= LongestShown ? shown : $"{shown}... {octets.Length} {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(octets))[..8]}";
    }
}
