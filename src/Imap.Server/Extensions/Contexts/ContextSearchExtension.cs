using Imap.Server.Commands;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions.Contexts;

/// <summary>
/// CONTEXT=SEARCH: SEARCH RETURN (UPDATE), which tells how the results change, and the command CANCELUPDATE. CONTEXT is a hint that is not needed.
/// PARTIAL is RFC 9394's, see <see cref="PartialExtension"/>. RFC 5267 §4.
/// </summary>
sealed class ContextSearchExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Requires<IUpdaterMailbox>("CONTEXT=SEARCH");
        registry.Capability("CONTEXT=SEARCH", SessionStates.LoggedIn);
        registry.SearchReturnOption("CONTEXT", static (ref _) => new Context());
        registry.SearchReturnOption("UPDATE", static (ref reader) => new Update(reader.TryWord(" ("u8) || reader.TryTake('(') ? Fetch.ReadItemList(ref reader) : []));
        registry.Command<CancelUpdate>();
    }

    /// <summary>CONTEXT. RFC 5267 §4.2.</summary>
    sealed record Context : SearchReturnOption
    {
        public override bool IsAnswered => false;
    }

    /// <summary>UPDATE, with what is told of each message that is new among the results. RFC 5267 §4.3; RFC 5465 §7.</summary>
    sealed record Update(ImmutableArray<FetchItem> Items) : SearchReturnOption
    {
        public override bool IsAnswered => false;

        public override void Check(ImapSession session, SearchRequest request)
        {
            // RFC 7377 §2.2.
            if (session.State != SessionStates.Selected)
                throw new ImapSyntaxException("UPDATE is about the selected mailbox, and none is selected.");
            if (session.Selected.Followers.OfType<SearchContext>().Any(context => context.Has(session.Tag.Span)))
                throw new ImapSyntaxException("Tag reuse: a search with this tag is being updated.");
        }

        // RFC 5267 §4.3.1: refused, and everything else of the command is done. RFC 7377 §2.2: it is about the selected mailbox alone.
        public override void Begin(ImapSession session, SearchRequest request)
        {
            if (request.IsOrdered)
                Refuse(session, "Results in another order than the mailbox's are not updated");
            else if (!request.IncludesSelected)
                Refuse(session, "The selected mailbox is not searched");
            else if (!HasRoom(session))
                Refuse(session, "Too many searches are being updated");
        }

        public override void Complete(ImapSession session, SearchRequest request, SearchResults results)
        {
            if (request is { IsOrdered: false, IncludesSelected: true, IsHere: true } && HasRoom(session))
                session.Selected.Followers.Add(new SearchContext(session, request, results.UidsIn([Range.All]), Items));
        }

        static bool HasRoom(ImapSession session) => session.Selected.Followers.OfType<SearchContext>().Count() < session.Options.MaxSearchContexts;

        static void Refuse(ImapSession session, string why) => session.Writer.UntaggedStatus("NO"u8, new ResponseCode.NoUpdate(session.Tag), why);
    }

    /// <summary>Ends the updates of searches. A tag of none is not minded: there are no updates of it, as is asked for. RFC 5267 §4.3.5.</summary>
    /// <remarks>
    /// States: selected.<br/>
    /// Syntax: <c>"CANCELUPDATE" 1*(SP quoted)</c><br/>
    /// Responses: none
    /// </remarks>
    sealed record CancelUpdate(ImmutableArray<byte[]> Tags) : IImapCommand<CancelUpdate>
    {
        public static CommandDescriptor Descriptor { get; } = new("CANCELUPDATE", SessionStates.Selected);

        public static CancelUpdate Parse(ref ImapReader reader)
        {
            var tags = ImmutableArray.CreateBuilder<byte[]>();
            do
            {
                reader.Space();
                tags.Add(reader.String("a tag as a quoted string").ToArray());
            }
            while (!reader.AtEnd);
            return new CancelUpdate(tags.DrainToImmutable());
        }

        public ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
        {
            foreach (var context in session.Selected.Followers.OfType<SearchContext>().ToList())
                if (Tags.Any(tag => context.Has(tag)))
                    session.Selected.Followers.Remove(context);
            return ValueTask.FromResult(Completion.Ok());
        }
    }
}
