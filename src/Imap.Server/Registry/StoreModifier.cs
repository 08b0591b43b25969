using Imap.Server.Commands;

namespace Imap.Server.Registry;

/// <summary>A modifier of STORE. RFC 4466 §2.5.</summary>
abstract class StoreModifier
{
    /// <summary>Changes what the command does.</summary>
    /// <exception cref="ImapSyntaxException">It must not be used so.</exception>
    public abstract ValueTask ApplyAsync(StoreRequest request, CancellationToken cancellationToken);
}
