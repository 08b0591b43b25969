using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions.Notify;

/// <summary>NOTIFY: the client says of what it wants to hear, and hears it at any time. RFC 5465.</summary>
sealed class NotifyExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Requires<IListStatusUser>("NOTIFY");
        registry.Requires<IMailboxIds>("NOTIFY");
        registry.Requires<IMetadataUser>("NOTIFY");
        registry.Capability("NOTIFY", SessionStates.LoggedIn);
        registry.Command<Notify>();
    }

    /// <summary>Sets the events of which the client is told. §3.1.</summary>
    /// <remarks>
    /// States: authenticated, selected.<br/>
    /// Syntax: <c>"NOTIFY" SP ("SET" [SP "STATUS"] SP event-group *(SP event-group) / "NONE")</c><br/>
    /// Responses: STATUS where that is wanted, and what has changed in the selected mailbox
    /// </remarks>
    sealed record Notify(ImmutableArray<NotifyGroup> Groups, bool TellsStatus, bool HasUnknown) : IImapCommand<Notify>
    {
        public static CommandDescriptor Descriptor { get; } = new("NOTIFY", SessionStates.LoggedIn);

        public static Notify Parse(ref ImapReader reader)
        {
            reader.Space();
            if (reader.TryWord("NONE"u8))
            {
                reader.End();
                return new Notify([], false, false);
            }

            if (!reader.TryWord("SET"u8))
                throw reader.Expected("SET or NONE");
            var status = reader.TryWord(" STATUS"u8);
            reader.Space();
            var groups = NotifyGrammar.ReadGroups(ref reader, out var unknown);
            reader.End();
            return new Notify(groups, status, unknown);
        }

        public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
        {
            if (HasUnknown)
                return Completion.No(new ResponseCode.Text("BADEVENT", $"({NotifyGrammar.KnownEvents})"), "There is no such event here.");
            var watch = new MailboxWatch(session, Groups);
            await watch.BeginAsync(TellsStatus, cancellationToken);
            // §3.1: NOTIFY SET is a NOOP too: what was not told so far is told before the new rules hold.
            session.Watch = null;
            if (Groups.Length > 0)
                await session.SynchronizeAsync(mayExpunge: true, withUid: true, cancellationToken);
            session.Watch = watch;
            return Completion.Ok();
        }
    }
}
