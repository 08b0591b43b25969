using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Opens a mailbox for reading and writing. RFC 9051 §6.3.2; RFC 3501 §6.3.1; RFC 4466 §2.1.</summary>
/// <remarks>
/// States: authenticated, selected.<br/>
/// Syntax: <c>select SP mailbox [SP "(" select-param *(SP select-param) ")"]</c><br/>
/// Responses: FLAGS, EXISTS, OK with PERMANENTFLAGS, UIDNEXT, UIDVALIDITY; RECENT and OK with UNSEEN, or LIST in IMAP4rev2
/// </remarks>
sealed record Select(SuppliedName Name, ImmutableArray<SelectParameter> Parameters) : IImapCommand<Select>
{
    public static CommandDescriptor Descriptor { get; } = new("SELECT", SessionStates.LoggedIn)
    {
        Updates = UpdatePolicy.None,
        LeavesMailbox = true,
    };

    public static Select Parse(ref ImapReader reader)
    {
        reader.Space();
        var name = reader.SuppliedMailbox();
        var parameters = MailboxSelection.ReadParameters(ref reader);
        reader.End();
        return new Select(name, parameters);
    }

    public ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        return MailboxSelection.OpenAsync(session, Name, SelectOptions.ReadWrite, Parameters, cancellationToken);
    }
}
