using Imap.Server.Wire;

namespace Imap.Server.Appending;

/// <summary>What stands in front of a message's octets. RFC 4466 §2.5 (append-message).</summary>
/// <param name="Options">Its flags and date.</param>
/// <param name="Source">Where its octets come from.</param>
sealed record AppendHead(AppendOptions Options, AppendSource Source)
{
    /// <summary>Reads <c>[SP flag-list] [SP date-time] SP append-data</c>, the last as far as it goes without the octets.</summary>
    public static AppendHead Read(ref ImapReader reader)
    {
        reader.Space();
        var flags = FlagSet.Empty;
        DateTimeOffset? date = null;
        if (reader.NextIs('('))
        {
            flags = reader.FlagList();
            reader.Space();
        }

        if (reader.NextIs('"'))
        {
            date = reader.DateTimeOffset();
            reader.Space();
        }

        return new AppendHead(new AppendOptions { Flags = flags, InternalDate = date }, ReadSource(ref reader));
    }

    static AppendSource ReadSource(ref ImapReader reader)
    {
        if (reader.NextIs('{') || reader.NextIs('~'))
            return LiteralSource.Read(ref reader);
        var expected = reader.Expected("a message");
        if (reader.AtEnd || !char.IsAsciiLetter((char)reader.Rest[0]))
            throw expected;
        var name = Encoding.ASCII.GetString(reader.Word("a message"));
        return reader.Context.Registry.AppendSources.TryGetValue(name, out var parser) ? parser(ref reader) : throw expected;
    }
}
