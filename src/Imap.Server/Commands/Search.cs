using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Searches the mailbox. RFC 9051 §6.4.4; RFC 3501 §6.4.4; RFC 2180 §4.3.</summary>
/// <remarks>
/// States: selected.<br/>
/// Syntax: <c>["uid" SP] search [SP "CHARSET" SP astring] 1*(SP search-key)</c><br/>
/// Responses: SEARCH
/// </remarks>
sealed record Search(SearchKey Key) : IImapCommand<Search>
{
    public static CommandDescriptor Descriptor { get; } = new("SEARCH", SessionStates.Selected)
    {
        UidForm = UidForm.Both,
        Updates = UpdatePolicy.HoldExpunges,
    };

    bool ByUid { get; init; }

    public static Search Parse(ref ImapReader reader)
    {
        reader.Space();
        var charset = SearchCharsets.Default;
        if (reader.TryWord("CHARSET "u8))
        {
            charset = SearchCharsets.Find(reader.AStringText("a charset"));
            reader.Space();
        }

        var key = SearchGrammar.ReadKeys(ref reader, charset);
        reader.End();
        return new Search(key) { ByUid = reader.Context.Uid };
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        var view = session.Selected.View;
        var found = await session.Selected.Mailbox.SearchMessagesAsync(new SearchCriteria(Translate(Key, view)), cancellationToken);
        session.Writer.Octets("* SEARCH"u8);
        // What the client has not been told of, it hears of by EXISTS first.
        foreach (var (uid, number) in view.Find(found))
        {
            session.Writer.Space().Number(ByUid ? uid.Value : number);
            if (session.Writer.Pending >= ImapWriter.FlushThreshold)
                await session.Writer.FlushAsync();
        }

        session.Writer.Crlf();
        return Completion.Ok();
    }

    // Sequence numbers are this session's own, and so is what * stands for: the backend is asked by UID.
    static SearchKey Translate(SearchKey key, MailboxView view) => key switch
    {
        SearchKey.Sequence sequence => new SearchKey.Uids(view.ToUids(sequence.Set)),
        SearchKey.Uids uids => new SearchKey.Uids(view.ToUids(uids.Set)),
        SearchKey.Not not => new SearchKey.Not(Translate(not.Key, view)),
        SearchKey.Or or => new SearchKey.Or(Translate(or.Left, view), Translate(or.Right, view)),
        SearchKey.And and => new SearchKey.And([.. and.Keys.Select(inner => Translate(inner, view))]),
        _ => key,
    };
}
