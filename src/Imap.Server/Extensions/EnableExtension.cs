using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>ENABLE: the client says what it understands. What can be enabled, other extensions say. RFC 5161; RFC 9051 §6.3.1.</summary>
sealed class EnableExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("ENABLE", SessionStates.LoggedIn);
        registry.Command<Enable>();
    }

    /// <summary>Enables extensions until the connection ends.</summary>
    /// <remarks>
    /// States: authenticated; also selected, which a server need not forbid (RFC 9051 §6.3.1).<br/>
    /// Syntax: <c>"ENABLE" 1*(SP capability)</c><br/>
    /// Responses: ENABLED
    /// </remarks>
    sealed record Enable(ImmutableArray<string> Names) : IImapCommand<Enable>
    {
        public static CommandDescriptor Descriptor { get; } = new("ENABLE", SessionStates.LoggedIn);

        public static Enable Parse(ref ImapReader reader)
        {
            var names = ImmutableArray.CreateBuilder<string>();
            do
            {
                reader.Space();
                names.Add(Encoding.ASCII.GetString(reader.Atom("a capability")));
            }
            while (!reader.AtEnd);
            return new Enable(names.DrainToImmutable());
        }

        public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
        {
            // §3.1: what is unknown, or cannot be enabled, MUST be ignored; only what this command enabled is told. What another brought
            // along is told to a client that names it, which may not know that.
            var enabled = new List<string>();
            var before = Names.Where(session.Enabled.Contains).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var name in Names.Distinct(StringComparer.OrdinalIgnoreCase))
                if (!before.Contains(name) && session.Registry.Enablables.TryGetValue(name, out var enablable))
                {
                    await session.EnableAsync(enablable.Name, cancellationToken);
                    enabled.Add(enablable.Name);
                }

            session.Writer.Octets("* ENABLED"u8);
            foreach (var name in enabled)
                session.Writer.Space().Atom(name);
            session.Writer.Crlf();
            return Completion.Ok();
        }
    }
}
