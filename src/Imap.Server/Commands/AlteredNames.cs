using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>
/// Tells a client of IMAP4rev2 under which name the server knows what the client named otherwise: LIST with OLDNAME. RFC 9051 §5.1,
/// §6.3.9.7. To a client of IMAP4rev1 the two names are one, and it has no word for that.
/// </summary>
static class AlteredNames
{
    /// <summary>Tells it of a mailbox that is there.</summary>
    /// <param name="session">The client's session.</param>
    /// <param name="name">The name of the mailbox now.</param>
    /// <param name="old">The name by which the client knew it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async ValueTask TellAsync(ImapSession session, MailboxName name, SuppliedName old, CancellationToken cancellationToken)
    {
        if (!session.Enabled.IsRev2)
            return;
        var mailbox = await session.User.GetMailboxAsync(name, cancellationToken);
        var info = await mailbox.GetInfoAsync(cancellationToken);
        session.Writer.MailboxList(info, old.Text);
    }

    /// <summary>Tells it of a mailbox that has been deleted.</summary>
    public static void TellDeleted(ImapSession session, SuppliedName supplied)
    {
        if (session.Enabled.IsRev2)
            session.Writer.MailboxList(new MailboxInfo { Name = supplied.Name, Attributes = MailboxAttributes.NonExistent }, supplied.Text);
    }
}
