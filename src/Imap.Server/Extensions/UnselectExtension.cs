using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>UNSELECT: CLOSE without removing anything. RFC 3691; RFC 9051 §6.4.2.</summary>
sealed class UnselectExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("UNSELECT", SessionStates.LoggedIn);
        registry.Command<Unselect>();
    }

    /// <summary>Returns to the authenticated state.</summary>
    /// <remarks>
    /// States: selected.<br/>
    /// Syntax: <c>"UNSELECT"</c><br/>
    /// Responses: none
    /// </remarks>
    sealed record Unselect : IImapCommand<Unselect>
    {
        public static CommandDescriptor Descriptor { get; } = new("UNSELECT", SessionStates.Selected) { Updates = UpdatePolicy.None };

        public static Unselect Parse(ref ImapReader reader)
        {
            reader.End();
            return new Unselect();
        }

        public ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
        {
            session.Deselect();
            return ValueTask.FromResult(Completion.Ok());
        }
    }
}
