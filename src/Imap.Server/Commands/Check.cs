using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Lets the store do its housekeeping. RFC 3501 §6.4.1; RFC 9051 Appendix E.</summary>
/// <remarks>
/// States: selected.<br/>
/// Syntax: <c>check</c><br/>
/// Responses: none
/// </remarks>
sealed record Check : IImapCommand<Check>
{
    public static CommandDescriptor Descriptor { get; } = new("CHECK", SessionStates.Selected) { IsRev1Only = true };

    public static Check Parse(ref ImapReader reader)
    {
        reader.End();
        return new Check();
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        await session.Selected.Mailbox.CheckAsync(cancellationToken);
        return Completion.Ok();
    }
}
