using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>UNAUTHENTICATE: another user goes on with the connection. RFC 8437.</summary>
sealed class UnauthenticateExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("UNAUTHENTICATE", SessionStates.LoggedIn);
        registry.Command<Unauthenticate>();
    }

    /// <summary>Returns to the state of not being authenticated. All that was known of the user is forgotten, since it is all the session's; TLS stays. RFC 8437 §3-4.</summary>
    /// <remarks>
    /// States: authenticated, selected.<br/>
    /// Syntax: <c>"UNAUTHENTICATE"</c><br/>
    /// Responses: none, no NO either
    /// </remarks>
    sealed record Unauthenticate : IImapCommand<Unauthenticate>
    {
        public static CommandDescriptor Descriptor { get; } = new("UNAUTHENTICATE", SessionStates.LoggedIn) { Updates = UpdatePolicy.None };

        public static Unauthenticate Parse(ref ImapReader reader)
        {
            reader.End();
            return new Unauthenticate();
        }

        public ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
        {
            session.IsUnauthenticated = true;
            // RFC 8437 §4.1: the compression ends behind the tagged OK.
            if (session.Pipe.IsCompressed)
                session.AfterAnswer = _ => session.Pipe.EndCompressionAsync();
            return ValueTask.FromResult(Completion.Ok(null, "Nobody is logged in any more"));
        }
    }
}
