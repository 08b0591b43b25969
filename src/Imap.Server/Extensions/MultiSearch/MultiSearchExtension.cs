using Imap.Server.Commands;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions.MultiSearch;

/// <summary>MULTISEARCH: the command ESEARCH, which searches many mailboxes. RFC 7377.</summary>
sealed class MultiSearchExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("MULTISEARCH", SessionStates.LoggedIn);
        registry.Command<Esearch>();
    }

    /// <summary>Searches mailboxes, and tells UIDs. RFC 7377 §2.</summary>
    /// <remarks>
    /// States: authenticated, selected.<br/>
    /// Syntax: <c>"ESEARCH" [SP "IN" SP "(" filter-mailboxes *(SP filter-mailboxes) ")"] [SP "RETURN" SP "(" ... ")"] SP search-program</c><br/>
    /// Responses: ESEARCH for each mailbox in which something was found
    /// </remarks>
    sealed record Esearch(ImmutableArray<MailboxFilter> Where, SearchReturn Return, SearchKey Key) : IImapCommand<Esearch>
    {
        public static CommandDescriptor Descriptor { get; } = new("ESEARCH", SessionStates.LoggedIn) { Updates = UpdatePolicy.HoldExpunges };

        CommandRefusedException? Refusal { get; init; }

        bool IncludesSelected => Where.Any(static filter => filter.Kind == MailboxFilterKind.Selected);

        public static Esearch Parse(ref ImapReader reader)
        {
            reader.Space();
            ImmutableArray<MailboxFilter> where = reader.TryWord("IN ("u8) ? ReadFilters(ref reader) : [new MailboxFilter(MailboxFilterKind.Selected, new HashSet<MailboxName>())];
            var asked = SearchReturn.TryRead(ref reader) ?? SearchReturn.All;
            try
            {
                var key = SearchGrammar.ReadProgram(ref reader);
                reader.End();
                return new Esearch(where, asked, key);
            }
            catch (CommandRefusedException refusal)
            {
                reader.SkipRest();
                return new Esearch(where, asked, new SearchKey.All()) { Refusal = refusal };
            }
        }

        public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
        {
            if (IncludesSelected && session.State != SessionStates.Selected)
                throw new ImapSyntaxException("No mailbox is selected that could be searched.");
            var request = new SearchRequest(Key, ByUid: true, Return) { IsElsewhere = Where.Any(static filter => filter.Kind != MailboxFilterKind.Selected) };
            var selected = session.State == SessionStates.Selected ? (await session.Selected.Mailbox.GetInfoAsync(cancellationToken)).Name : (MailboxName?)null;
            var names = await FindAsync(session, selected, cancellationToken);
            request = request with { IncludesSelected = selected is { } own && names.Contains(own) };
            SearchAnswer.Begin(session, request);
            if (Refusal is not null)
                throw Refusal;
            foreach (var name in names)
                await (name == selected ? SearchSelectedAsync(session, request, name, cancellationToken) : SearchAsync(session, request, name, cancellationToken));
            return Completion.Ok();
        }

        static ImmutableArray<MailboxFilter> ReadFilters(ref ImapReader reader)
        {
            var filters = ImmutableArray.CreateBuilder<MailboxFilter>();
            do
                filters.Add(MailboxFilter.Read(ref reader));
            while (reader.TryTake(' '));
            reader.Take(')');
            reader.Space();
            return filters.DrainToImmutable();
        }

        // Each mailbox once, however often it is meant. What is named need not be listed, and need not be there. RFC 7377 §2.2, §2.4.
        async ValueTask<IReadOnlyList<MailboxName>> FindAsync(ImapSession session, MailboxName? selected, CancellationToken cancellationToken)
        {
            var names = Where.SelectMany(static filter => filter.Names).ToHashSet();
            if (IncludesSelected)
                names.Add(selected!.Value);
            if (Where.Any(static filter => filter.Kind is not (MailboxFilterKind.Selected or MailboxFilterKind.Mailboxes)))
            {
                var subscribed = Where.Any(static filter => filter.Kind == MailboxFilterKind.Subscribed)
                    ? (await session.User.ListMailboxesAsync(subscribed: true, cancellationToken)).Select(static info => info.Name).ToHashSet()
                    : [];
                names.UnionWith((await session.User.ListMailboxesAsync(subscribed: false, cancellationToken))
                    .Where(info => info.IsSelectable && Where.Any(filter => filter.Means(info.Name, subscribed.Contains(info.Name))))
                    .Select(static info => info.Name));
            }

            return names.Count <= session.Options.MaxSearchedMailboxes
                ? [.. names.Order()]
                : throw new CommandRefusedException(ResponseCode.Limit, $"These are {names.Count} mailboxes; at most {session.Options.MaxSearchedMailboxes} are searched at once.");
        }

        // As SEARCH does: only what the client has been told of.
        async ValueTask SearchSelectedAsync(ImapSession session, SearchRequest request, MailboxName name, CancellationToken cancellationToken)
        {
            var selected = session.Selected;
            request = request with { Key = SearchKeys.ByUid(Key, selected.View, isLenient: true) };
            var known = await SearchAnswer.FindKnownAsync(session, request, cancellationToken);
            var validity = (await selected.Mailbox.GetStatusAsync(StatusItems.UidValidity, cancellationToken)).UidValidity!.Value;
            var found = await selected.Mailbox.SearchMessagesAsync(new SearchCriteria(request.Key), cancellationToken);
            await new SearchAnswer(session, request, selected.Mailbox, known) { Place = (name, validity) }
                .WriteAsync(new SearchResults([.. selected.View.Find(found)], byUid: true), "SEARCH", cancellationToken);
        }

        static async ValueTask SearchAsync(ImapSession session, SearchRequest request, MailboxName name, CancellationToken cancellationToken)
        {
            try
            {
                request = request with { IsHere = false };
                var mailbox = await session.User.GetMailboxAsync(name, cancellationToken);
                // Where sequence numbers are named they are those of this moment; a set may go beyond them (RFC 7377 §2).
                if (SearchKeys.Has(request.Key, static key => key is SearchKey.Sequence))
                {
                    var data = await mailbox.SelectAsync(SelectOptions.ReadOnly, cancellationToken);
                    request = request with { Key = SearchKeys.ByUid(request.Key, new MailboxView(data.Uids, data.Recent), isLenient: true) };
                }

                var status = await mailbox.GetStatusAsync(StatusItems.UidValidity | StatusItems.HighestModSeq, cancellationToken);
                var found = await mailbox.SearchMessagesAsync(new SearchCriteria(request.Key), cancellationToken);
                await new SearchAnswer(session, request, mailbox, status.HighestModSeq!.Value) { Place = (name, status.UidValidity!.Value) }
                    .WriteAsync(new SearchResults([.. found.Enumerate().Select(static uid => (uid, 0u))], byUid: true), "SEARCH", cancellationToken);
            }
            catch (BackendException exception) when (exception.Error is BackendError.NoSuchMailbox or BackendError.NotSelectable or BackendError.NoPermission)
            {
                // RFC 7377 §2.2, §5: of one that is not there, or not to be read, there is no word.
            }
        }
    }
}
