using Imap.Server.Extensions.Condstore;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions.Qresync;

/// <summary>QRESYNC: a client that comes again hears in one answer what it missed, and from then on of messages that are gone by UID. RFC 7162 §3.2.</summary>
sealed class QresyncExtension : IImapExtension
{
    /// <summary>Its capability, which is also what ENABLE calls it.</summary>
    public const string Name = "QRESYNC";

    public void Register(ImapRegistry registry)
    {
        registry.Requires<IQresyncMailbox>(Name);
        registry.Capability(Name, SessionStates.LoggedIn);
        registry.Enablable(new Enablable(Name)
        {
            Implies = [CondstoreExtension.Name],
            WhenEnabled = static (session, _) =>
            {
                session.TellsVanished = true;
                return default;
            },
        });
        registry.SelectParameter(Name, static (ref reader) => QresyncParameter.Read(ref reader));
        registry.FetchModifier("VANISHED", ReadVanished);
    }

    /// <summary>Sees to it that what only QRESYNC has is not used without it. RFC 7162 §3.2.3.</summary>
    /// <exception cref="ImapSyntaxException">The client has not enabled it.</exception>
    public static void Require(ImapReader reader)
    {
        if (!reader.Context.Enabled.Contains(Name))
            throw new ImapSyntaxException("QRESYNC has not been enabled.");
    }

    // RFC 7162 §3.2.6: for UID FETCH alone.
    static Vanished ReadVanished(ref ImapReader reader)
    {
        Require(reader);
        return reader.Context.Uid ? new Vanished() : throw new ImapSyntaxException("VANISHED is for UID FETCH alone.");
    }
}
