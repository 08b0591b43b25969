using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Removes what is marked \Deleted, without a word about it, and returns to the authenticated state; removes nothing after EXAMINE. RFC 9051 §6.4.1; RFC 3501 §6.4.2.</summary>
/// <remarks>
/// States: selected.<br/>
/// Syntax: <c>close</c><br/>
/// Responses: none
/// </remarks>
sealed record Close : IImapCommand<Close>
{
    public static CommandDescriptor Descriptor { get; } = new("CLOSE", SessionStates.Selected) { Updates = UpdatePolicy.None };

    public static Close Parse(ref ImapReader reader)
    {
        reader.End();
        return new Close();
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        var selected = session.Selected;
        session.Deselect();
        if (selected.IsReadOnly)
            return Completion.Ok();
        try
        {
            await selected.Mailbox.ExpungeAsync(null, cancellationToken);
        }
        catch (BackendException exception) when (exception.Error is BackendError.NoSuchMailbox or BackendError.NoPermission)
        {
            // Somebody has deleted the mailbox with all that is in it, or nothing may be expunged in it. RFC 3501 §6.4.2 has no NO; RFC 4314 §4 (CLOSE).
        }

        return Completion.Ok();
    }
}
