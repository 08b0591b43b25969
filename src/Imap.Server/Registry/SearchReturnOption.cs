using Imap.Server.Commands;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Registry;

/// <summary>An option behind RETURN, as a SEARCH or SORT has it. RFC 4466 §2.6.1; RFC 9051 §6.4.4; RFC 5267 §3.</summary>
abstract record SearchReturnOption
{
    /// <summary>Whether it is answered with data of an ESEARCH response.</summary>
    public virtual bool IsAnswered => true;

    /// <summary>Whether it lists the results, which only one option of a command may. RFC 9394 §3.1.</summary>
    public virtual bool IsList => false;

    /// <summary>
    /// Which of the results it tells of, as one stretch of their order: what SAVE keeps and MODSEQ is about. Null where it does not choose among them.
    /// RFC 5182 §2.4; RFC 4731 §3.2; RFC 9394 §3.2.
    /// </summary>
    /// <param name="count">How many there are.</param>
    public virtual Range? Tells(int count) => null;

    /// <summary>Refuses a command that cannot be carried out with it, before anything is searched.</summary>
    /// <param name="session">Whose command it is.</param>
    /// <param name="request">The command.</param>
    /// <exception cref="ImapSyntaxException">BAD.</exception>
    public virtual void Check(ImapSession session, SearchRequest request)
    {
    }

    /// <summary>Learns that the command is carried out: whatever comes now is OK, or NO.</summary>
    /// <param name="session">Whose command it is.</param>
    /// <param name="request">The command.</param>
    public virtual void Begin(ImapSession session, SearchRequest request)
    {
    }

    /// <summary>Writes its data with a space in front, if there is any.</summary>
    public virtual ValueTask WriteAsync(ImapWriter writer, SearchResults results) => default;

    /// <summary>Does what there is to do once the results are known: before they are told.</summary>
    /// <param name="session">Whose command it is.</param>
    /// <param name="request">The command.</param>
    /// <param name="results">What was found.</param>
    public virtual void Complete(ImapSession session, SearchRequest request, SearchResults results)
    {
    }
}
