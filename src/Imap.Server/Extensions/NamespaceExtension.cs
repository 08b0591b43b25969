using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>NAMESPACE: where whose mailboxes are. RFC 2342.</summary>
sealed class NamespaceExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("NAMESPACE", SessionStates.LoggedIn);
        registry.Command<Namespace>();
    }

    /// <summary>Tells the namespaces: the user's own mailboxes, and others'. There are none that are nobody's.</summary>
    /// <remarks>
    /// States: authenticated, selected.<br/>
    /// Syntax: <c>"NAMESPACE"</c><br/>
    /// Responses: NAMESPACE
    /// </remarks>
    sealed record Namespace : IImapCommand<Namespace>
    {
        public static CommandDescriptor Descriptor { get; } = new("NAMESPACE", SessionStates.LoggedIn);

        public static Namespace Parse(ref ImapReader reader)
        {
            reader.End();
            return new Namespace();
        }

        public ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
        {
            var writer = session.Writer.Octets("* NAMESPACE ((\"\" \"/\")) "u8);
            if (session.Registry.OtherUsersPrefix is { } prefix)
                writer.Octets("(("u8).String(prefix).Octets(" \"/\"))"u8);
            else
                writer.Nil();
            writer.Octets(" NIL\r\n"u8);
            return ValueTask.FromResult(Completion.Ok());
        }
    }
}
