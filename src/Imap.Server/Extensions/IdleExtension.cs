using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>IDLE: the client is told of changes as they happen. RFC 2177; RFC 9051 §6.3.13.</summary>
sealed class IdleExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("IDLE", SessionStates.LoggedIn);
        registry.Command<Idle>();
    }

    /// <summary>Tells changes until the client says DONE, and now and then that it is still there.</summary>
    /// <remarks>
    /// States: authenticated, selected.<br/>
    /// Syntax: <c>"IDLE" CRLF "DONE"</c><br/>
    /// Responses: a continuation request; whatever changes
    /// </remarks>
    sealed record Idle : IImapCommand<Idle>
    {
        public static CommandDescriptor Descriptor { get; } = new("IDLE", SessionStates.LoggedIn);

        public static Idle Parse(ref ImapReader reader)
        {
            reader.End();
            return new Idle();
        }

        public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
        {
            // What happened before the client began to wait has no hint any more.
            await TellAsync(session, cancellationToken);
            session.Writer.Octets("+ idling\r\n"u8);
            await session.Writer.FlushAsync();

            // From here on the client is heard and told at the same time. Only this command writes: what reads does not flush.
            var line = session.Framer.ReadContinuationAsync(session.Options.InactivityTimeout, flush: false).AsTask();
            await session.FollowAsync(line, token => TellAsync(session, token), token =>
            {
                // A hint may have been lost; then this is when the client hears.
                session.Watch?.LookAgain();
                session.Writer.UntaggedStatus("OK"u8, null, "Still here");
                return TellAsync(session, token);
            }, cancellationToken);
            if (await line is not { } said)
                throw ConnectionEndException.ClientGone();
            return Ascii.EqualsIgnoreCase(said.Span, "DONE"u8) ? Completion.Ok() : Completion.Bad("Expected DONE.");
        }

        static async ValueTask TellAsync(ImapSession session, CancellationToken cancellationToken)
        {
            await session.SynchronizeAsync(mayExpunge: true, withUid: false, cancellationToken);
            await session.Writer.FlushAsync();
            session.ThrowIfOver();
        }
    }
}
