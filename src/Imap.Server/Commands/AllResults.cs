using Imap.Server.Registry;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>ALL: every result. RFC 4731 §3.1; RFC 9051 §6.4.4; RFC 5267 §3.1.</summary>
sealed record AllResults : SearchReturnOption
{
    public override bool IsList => true;

    public override Range? Tells(int count) => ..count;

    public override async ValueTask WriteAsync(ImapWriter writer, SearchResults results)
    {
        // RFC 4731 §3.1: left out where nothing was found.
        if (results.Count == 0)
            return;
        writer.Octets(" ALL "u8);
        await results.WriteSetAsync(writer, ..results.Count);
    }
}
