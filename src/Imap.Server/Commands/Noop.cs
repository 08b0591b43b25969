using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Does nothing: a chance to be told of changes. RFC 9051 §6.1.2; RFC 3501 §6.1.2.</summary>
/// <remarks>
/// States: any.<br/>
/// Syntax: <c>noop</c><br/>
/// Responses: none but what has changed
/// </remarks>
sealed record Noop : IImapCommand<Noop>
{
    public static CommandDescriptor Descriptor { get; } = new("NOOP", SessionStates.Any);

    public static Noop Parse(ref ImapReader reader)
    {
        reader.End();
        return new Noop();
    }

    public ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        return ValueTask.FromResult(Completion.Ok());
    }
}
