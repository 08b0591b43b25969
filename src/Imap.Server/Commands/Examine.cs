using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Opens a mailbox for reading only. RFC 9051 §6.3.3; RFC 3501 §6.3.2; RFC 4466 §2.1.</summary>
/// <remarks>
/// States: authenticated, selected.<br/>
/// Syntax: <c>examine SP mailbox [SP "(" select-param *(SP select-param) ")"]</c><br/>
/// Responses: FLAGS, EXISTS, OK with PERMANENTFLAGS, UIDNEXT, UIDVALIDITY; RECENT and OK with UNSEEN, or LIST in IMAP4rev2
/// </remarks>
sealed record Examine(SuppliedName Name, ImmutableArray<SelectParameter> Parameters) : IImapCommand<Examine>
{
    public static CommandDescriptor Descriptor { get; } = new("EXAMINE", SessionStates.LoggedIn)
    {
        Updates = UpdatePolicy.None,
        LeavesMailbox = true,
    };

    public static Examine Parse(ref ImapReader reader)
    {
        reader.Space();
        var name = reader.SuppliedMailbox();
        var parameters = MailboxSelection.ReadParameters(ref reader);
        reader.End();
        return new Examine(name, parameters);
    }

    public ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        return MailboxSelection.OpenAsync(session, Name, SelectOptions.ReadOnly, Parameters, cancellationToken);
    }
}
