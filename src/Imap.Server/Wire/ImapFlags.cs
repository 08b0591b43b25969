namespace Imap.Server.Wire;

/// <summary>Reads the flags that commands have. RFC 9051 §9 (flag, flag-list, flag-keyword).</summary>
static class ImapFlags
{
    /// <summary>flag-list, as APPEND has it.</summary>
    public static FlagSet FlagList(this ref ImapReader reader)
    {
        var flags = new List<Flag>();
        reader.Take('(');
        while (!reader.TryTake(')'))
        {
            if (flags.Count > 0)
                reader.Space();
            flags.Add(reader.Flag());
        }

        return FlagSet.Of(flags);
    }

    /// <summary>What STORE takes: a flag-list, or flags without parentheses.</summary>
    public static FlagSet FlagListOrFlags(this ref ImapReader reader)
    {
        if (reader.NextIs('('))
            return reader.FlagList();
        var flags = new List<Flag>();
        do
            flags.Add(reader.Flag());
        while (reader.TryTake(' '));
        return FlagSet.Of(flags);
    }

    /// <summary>flag-keyword, as SEARCH KEYWORD has it.</summary>
    public static Flag Keyword(this ref ImapReader reader)
    {
        var name = Encoding.ASCII.GetString(reader.Atom("a keyword"));
        return Backend.Abstractions.Model.Flag.TryParse(name, out var flag)
            ? flag
            : throw new ImapSyntaxException($"The keyword before octet {reader.Position + 1} is longer than {Backend.Abstractions.Model.Flag.MaxLength} octets.");
    }

    static Flag Flag(this ref ImapReader reader)
    {
        var system = reader.TryTake('\\');
        var name = (system ? "\\" : "") + Encoding.ASCII.GetString(reader.Atom("a flag"));
        return Backend.Abstractions.Model.Flag.Parse(name);
    }
}
