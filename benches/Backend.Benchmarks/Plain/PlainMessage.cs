using Backend.Mime;

namespace Backend.Benchmarks.Plain;

/// <summary>A message that is ready to be appended.</summary>
sealed record PlainMessage(int MailboxId, byte[] Octets, ParsedMessage Parsed, long Flags, DateTimeOffset Date)
{
    public static async Task<PlainMessage> ParseAsync(byte[] octets, FlagSet flags, DateTimeOffset date)
    {
        using var stream = new MemoryStream(octets);
        return new PlainMessage(0, octets, await MessageParser.ParseAsync(stream, CancellationToken.None), Bits(flags), date);
    }

    /// <summary>As the store has them in a column.</summary>
    public static long Bits(FlagSet flags) =>
        (flags.Contains(Flag.Answered) ? 1 : 0)
        | (flags.Contains(Flag.Flagged) ? 2 : 0)
        | (flags.Contains(Flag.Deleted) ? 4 : 0)
        | (flags.Contains(Flag.Seen) ? 8 : 0)
        | (flags.Contains(Flag.Draft) ? 16 : 0);
}
