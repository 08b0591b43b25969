using Imap.Server.Registry;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>What a SEARCH or SORT wants to be answered: the options behind RETURN. RFC 4466 §2.6.1; RFC 9051 §6.4.4.</summary>
/// <param name="Options">They, each once.</param>
sealed record SearchReturn(ImmutableArray<SearchReturnOption> Options)
{
    /// <summary>What is meant where the response is ESEARCH and no option says how. RFC 4731 §3.1; RFC 9051 §6.4.4.</summary>
    public static SearchReturn All { get; } = new([new AllResults()]);

    /// <summary>Whether there is an ESEARCH response: not for SAVE alone. RFC 5182 §2.4.</summary>
    public bool IsAnswered => Options.Any(static option => option.IsAnswered);

    /// <summary>Reads <c>"RETURN" SP "(" [option *(SP option)] ")" SP</c> if it is the next; null if it is not.</summary>
    public static SearchReturn? TryRead(ref ImapReader reader)
    {
        if (!reader.TryWord("RETURN "u8))
            return null;
        reader.Take('(');
        var options = new List<SearchReturnOption>();
        while (!reader.TryTake(')'))
        {
            if (options.Count > 0)
                reader.Space();
            options.Add(ReadOption(ref reader));
        }

        reader.Space();
        // RFC 4731 §3.1: no option is ALL.
        if (options.Count == 0)
            return All;
        if (options.Count(static option => option.IsList) > 1)
            throw new ImapSyntaxException("The results can be listed by ALL or PARTIAL only once.");
        return new SearchReturn([.. options.Distinct()]);
    }

    static SearchReturnOption ReadOption(ref ImapReader reader)
    {
        var expected = reader.Expected("a result option");
        return reader.Context.Registry.SearchReturnOptions.TryGetValue(Encoding.ASCII.GetString(reader.Atom("a result option")), out var parser)
            ? parser(ref reader)
            : throw expected;
    }
}
