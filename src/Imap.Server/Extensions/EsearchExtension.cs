using Imap.Server.Commands;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>ESEARCH: SEARCH RETURN (MIN MAX ALL COUNT). RFC 4731; RFC 9051 §6.4.4, §7.3.4.</summary>
sealed class EsearchExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("ESEARCH", SessionStates.LoggedIn);
        registry.SearchReturnOption("MIN", static (ref _) => new Lowest());
        registry.SearchReturnOption("MAX", static (ref _) => new Highest());
        registry.SearchReturnOption("ALL", static (ref _) => new AllResults());
        registry.SearchReturnOption("COUNT", static (ref _) => new NumberOfResults());
    }

    /// <summary>MIN: the first result, left out where there is none.</summary>
    sealed record Lowest : SearchReturnOption
    {
        public override Range? Tells(int count) => ..Math.Min(count, 1);

        public override ValueTask WriteAsync(ImapWriter writer, SearchResults results)
        {
            if (results.Count > 0)
                writer.Octets(" MIN "u8).Number(results[0]);
            return default;
        }
    }

    /// <summary>MAX: the last result, left out where there is none.</summary>
    sealed record Highest : SearchReturnOption
    {
        public override Range? Tells(int count) => Math.Max(count - 1, 0)..count;

        public override ValueTask WriteAsync(ImapWriter writer, SearchResults results)
        {
            if (results.Count > 0)
                writer.Octets(" MAX "u8).Number(results[results.Count - 1]);
            return default;
        }
    }

    /// <summary>COUNT: how many results there are, and none is a number too.</summary>
    sealed record NumberOfResults : SearchReturnOption
    {
        public override Range? Tells(int count) => ..count;

        public override ValueTask WriteAsync(ImapWriter writer, SearchResults results)
        {
            writer.Octets(" COUNT "u8).Number(results.Count);
            return default;
        }
    }
}
