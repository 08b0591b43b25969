using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>
/// UIDPLUS: UID EXPUNGE. APPENDUID and COPYUID are told by APPEND, COPY and MOVE; UIDNOTSTICKY never, for UIDs always stay. RFC 4315.
/// </summary>
sealed class UidPlusExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("UIDPLUS", SessionStates.LoggedIn);
        registry.Command<UidExpunge>();
    }

    /// <summary>Removes those messages of a set that are marked \Deleted. RFC 4315 §2.1; RFC 9051 §6.4.9; RFC 7162 §3.2.9.</summary>
    /// <remarks>
    /// States: selected.<br/>
    /// Syntax: <c>"UID" SP "EXPUNGE" SP sequence-set</c><br/>
    /// Responses: EXPUNGE or VANISHED
    /// </remarks>
    sealed record UidExpunge(UidSet Messages) : IImapCommand<UidExpunge>
    {
        public static CommandDescriptor Descriptor { get; } = new("EXPUNGE", SessionStates.Selected) { UidForm = UidForm.Only, Writes = true };

        public static UidExpunge Parse(ref ImapReader reader)
        {
            reader.Space();
            var messages = reader.UidSet();
            reader.End();
            return new UidExpunge(messages);
        }

        public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
        {
            var selected = session.Selected;
            return session.Expunged(await selected.Mailbox.ExpungeAsync(selected.View.ToUids(Messages), cancellationToken));
        }
    }
}
