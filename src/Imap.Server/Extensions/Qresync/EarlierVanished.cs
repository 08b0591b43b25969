using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions.Qresync;

/// <summary>VANISHED (EARLIER): messages that are gone and that have no sequence number. RFC 7162 §3.2.10.1.</summary>
static class EarlierVanished
{
    /// <summary>Writes it, in lines that are not too long. Messages that still have a number are told of by VANISHED later, for that takes their number.</summary>
    public static async ValueTask WriteAsync(ImapSession session, UidSet vanished)
    {
        foreach (var uids in session.Selected.View.WithoutPresent(vanished).Split())
        {
            session.Writer.Octets("* VANISHED (EARLIER) "u8).Set(uids).Crlf();
            await session.Writer.FlushIfFullAsync();
        }
    }
}
