using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Tells what the server can do. RFC 9051 §6.1.1; RFC 3501 §6.1.1.</summary>
/// <remarks>
/// States: any.<br/>
/// Syntax: <c>capability</c><br/>
/// Responses: CAPABILITY
/// </remarks>
sealed record Capability : IImapCommand<Capability>
{
    public static CommandDescriptor Descriptor { get; } = new("CAPABILITY", SessionStates.Any);

    public static Capability Parse(ref ImapReader reader)
    {
        reader.End();
        return new Capability();
    }

    public ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        session.Writer.Octets("* "u8).Octets(session.Capabilities.Span).Crlf();
        return ValueTask.FromResult(Completion.Ok());
    }
}
