using Imap.Server.Commands;
using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Extensions;

/// <summary>
/// SEARCHRES: SEARCH RETURN (SAVE), and <c>$</c> for what it found wherever a sequence-set may stand. What is saved is never refused, so there is
/// no NOTSAVED: it takes no more room than the list of UIDs that the session has anyway. RFC 5182; RFC 9051 §6.4.4.1.
/// </summary>
sealed class SearchresExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("SEARCHRES", SessionStates.LoggedIn);
        registry.SearchReturnOption("SAVE", static (ref _) => new Save());
    }

    /// <summary>SAVE.</summary>
    sealed record Save : SearchReturnOption
    {
        public override bool IsAnswered => false;

        // RFC 7377 §2.2.
        public override void Check(ImapSession session, SearchRequest request)
        {
            if (request.IsElsewhere)
                throw new ImapSyntaxException("SAVE is for searches in the selected mailbox alone.");
        }

        // RFC 5182 §2.1: nothing is saved if it comes to NO.
        public override void Begin(ImapSession session, SearchRequest request) => session.Selected.SavedResult = UidSet.Empty;

        public override void Complete(ImapSession session, SearchRequest request, SearchResults results) =>
            session.Selected.SavedResult = results.UidsIn(request.StretchesTold(results.Count));
    }
}
