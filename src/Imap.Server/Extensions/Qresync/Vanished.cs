using Imap.Server.Commands;
using Imap.Server.Extensions.Condstore;
using Imap.Server.Registry;

namespace Imap.Server.Extensions.Qresync;

/// <summary>UID FETCH (CHANGEDSINCE n VANISHED): first of all, which of the messages are gone since. RFC 7162 §3.2.6.</summary>
sealed class Vanished : FetchModifier
{
    public override int Order => 20;

    public override async ValueTask ApplyAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        var since = request.Modifiers.OfType<ChangedSince>().SingleOrDefault() ?? throw new ImapSyntaxException("VANISHED goes with CHANGEDSINCE alone.");
        var session = request.Session;
        var vanished = await ((IQresyncMailbox)session.Selected.Mailbox).ListVanishedAsync((UidSet)request.Messages, since.Since, cancellationToken);
        await EarlierVanished.WriteAsync(session, vanished);
    }
}
