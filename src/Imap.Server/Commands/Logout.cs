using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Ends the session: BYE, and then the tagged OK. RFC 9051 §6.1.3; RFC 3501 §6.1.3.</summary>
/// <remarks>
/// States: any.<br/>
/// Syntax: <c>logout</c><br/>
/// Responses: BYE
/// </remarks>
sealed record Logout : IImapCommand<Logout>
{
    public static CommandDescriptor Descriptor { get; } = new("LOGOUT", SessionStates.Any) { Updates = UpdatePolicy.None };

    public static Logout Parse(ref ImapReader reader)
    {
        reader.End();
        return new Logout();
    }

    public ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        session.IsLoggedOut = true;
        session.Writer.UntaggedStatus("BYE"u8, null, "Logging out");
        return ValueTask.FromResult(Completion.Ok());
    }
}
