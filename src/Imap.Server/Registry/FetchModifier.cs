using Imap.Server.Commands;

namespace Imap.Server.Registry;

/// <summary>A modifier of FETCH. RFC 4466 §2.4.</summary>
abstract class FetchModifier
{
    /// <summary>In which order modifiers take effect, however they were written: those that choose among the messages named come before those that look at them.</summary>
    public virtual int Order => 0;

    /// <summary>Changes what the command does.</summary>
    /// <exception cref="ImapSyntaxException">It must not be used so.</exception>
    public abstract ValueTask ApplyAsync(FetchRequest request, CancellationToken cancellationToken);
}
