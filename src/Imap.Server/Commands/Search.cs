using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Searches the mailbox. RFC 9051 §6.4.4; RFC 3501 §6.4.4; RFC 4731 §3; RFC 2180 §4.3.</summary>
/// <remarks>
/// States: selected.<br/>
/// Syntax: <c>["uid" SP] search [SP "RETURN" SP "(" [option *(SP option)] ")"] [SP "CHARSET" SP astring] 1*(SP search-key)</c><br/>
/// Responses: SEARCH, or ESEARCH where RETURN says so, and in IMAP4rev2
/// </remarks>
sealed record Search(SearchKey Key, SearchReturn? Return, bool ByUid) : IImapCommand<Search>
{
    public static CommandDescriptor Descriptor { get; } = new("SEARCH", SessionStates.Selected)
    {
        UidForm = UidForm.Both,
        Updates = UpdatePolicy.HoldExpunges,
    };

    /// <summary>RFC 7162 §3.2.10.2: sequence numbers in UID SEARCH would be ambiguous.</summary>
    public bool HoldsExpunges => SearchKeys.Has(Key, static key => key is SearchKey.Sequence);

    /// <summary>Why it is refused with NO, which its options may have to know; null when it is not.</summary>
    CommandRefusedException? Refusal { get; init; }

    public static Search Parse(ref ImapReader reader)
    {
        reader.Space();
        // RFC 9051 §6.4.4: there is no SEARCH response in IMAP4rev2.
        var asked = SearchReturn.TryRead(ref reader) ?? (reader.Context.Enabled.IsRev2 ? SearchReturn.All : null);
        try
        {
            var key = SearchGrammar.ReadProgram(ref reader);
            reader.End();
            return new Search(key, asked, reader.Context.Uid);
        }
        catch (CommandRefusedException refusal) when (asked is not null)
        {
            reader.SkipRest();
            return new Search(new SearchKey.All(), asked, reader.Context.Uid) { Refusal = refusal };
        }
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        var selected = session.Selected;
        var request = new SearchRequest(SearchKeys.ByUid(Key, selected.View), ByUid, Return);
        var answer = await SearchAnswer.BeginAsync(session, request, cancellationToken);
        if (Refusal is not null)
            throw Refusal;
        var found = await selected.Mailbox.SearchMessagesAsync(new SearchCriteria(request.Key), cancellationToken);
        // What the client has not been told of, it hears of by EXISTS first.
        await answer.WriteAsync(new SearchResults([.. selected.View.Find(found)], ByUid), "SEARCH", cancellationToken);
        return Completion.Ok();
    }
}
