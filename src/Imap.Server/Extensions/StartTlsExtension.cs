using Imap.Server.Connection;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>STARTTLS, and LOGINDISABLED where passwords may not travel. RFC 9051 §6.2.1, §6.2.3; RFC 2595 §3.1-3.2.</summary>
sealed class StartTlsExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("STARTTLS", SessionStates.NotAuthenticated, when: ConnectionTraits.MayStartTls);
        registry.Capability("LOGINDISABLED", SessionStates.NotAuthenticated, unless: ConnectionTraits.TakesSecrets);
        registry.Command<StartTls>();
    }

    /// <summary>Begins TLS behind the tagged OK. What the client sent in clear after the command is never carried out. RFC 9051 §6.2.1.</summary>
    /// <remarks>
    /// States: not authenticated.<br/>
    /// Syntax: <c>"STARTTLS"</c><br/>
    /// Responses: none
    /// </remarks>
    sealed record StartTls : IImapCommand<StartTls>
    {
        public static CommandDescriptor Descriptor { get; } = new("STARTTLS", SessionStates.NotAuthenticated) { Updates = UpdatePolicy.None };

        public static StartTls Parse(ref ImapReader reader)
        {
            reader.End();
            return new StartTls();
        }

        public ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
        {
            if (session.Pipe.IsEncrypted)
                return ValueTask.FromResult(Completion.Bad("TLS has begun already."));
            if (!session.Pipe.Traits.HasFlag(ConnectionTraits.MayStartTls))
                return ValueTask.FromResult(Completion.No(null, "There is no certificate for TLS."));
            session.AfterAnswer = session.Pipe.StartTlsAsync;
            return ValueTask.FromResult(Completion.Ok(null, "Begin TLS negotiation now"));
        }
    }
}
