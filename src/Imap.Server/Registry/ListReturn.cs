using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Registry;

/// <summary>
/// A return option of one LIST command: what is told of the names that are listed. It never changes which these are. RFC 5258 §3.2;
/// RFC 9051 §6.3.9.2.
/// </summary>
abstract class ListReturn
{
    /// <summary>The attributes that are told for its sake.</summary>
    public virtual MailboxAttributes Attributes => MailboxAttributes.None;

    /// <summary>Looks up what it has to tell, for all names at once and before the first is told.</summary>
    /// <returns>The names as they are told: a look may find that one cannot be selected any more.</returns>
    public virtual ValueTask<IReadOnlyList<ListedName>> PrepareAsync(ImapSession session, IReadOnlyList<ListedName> names, CancellationToken cancellationToken) => new(names);

    /// <summary>Writes its own responses behind the LIST response of a name; none where it has nothing to tell.</summary>
    public virtual void Write(ImapWriter writer, ListedName name)
    {
    }
}
