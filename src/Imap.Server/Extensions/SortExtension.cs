using Imap.Server.Commands;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>SORT: SEARCH with the results in an order. RFC 5256.</summary>
sealed class SortExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Requires<ISortMailbox>("SORT");
        registry.Capability("SORT", SessionStates.LoggedIn);
        registry.Command<Sort>();
        registry.SortKey("ARRIVAL", SortField.Arrival);
        registry.SortKey("CC", SortField.Cc);
        registry.SortKey("DATE", SortField.Date);
        registry.SortKey("FROM", SortField.From);
        registry.SortKey("SIZE", SortField.Size);
        registry.SortKey("SUBJECT", SortField.Subject);
        registry.SortKey("TO", SortField.To);
    }

    /// <summary>Searches the mailbox and sorts what it finds. RFC 5256 §3; RFC 5267 §3; RFC 7162 §3.1.6.</summary>
    /// <remarks>
    /// States: selected.<br/>
    /// Syntax: <c>["UID" SP] "SORT" [SP "RETURN" SP "(" [option *(SP option)] ")"] SP sort-criteria SP charset 1*(SP search-key)</c><br/>
    /// Responses: SORT, or ESEARCH where RETURN says so
    /// </remarks>
    sealed record Sort(ImmutableArray<SortCriterion> Order, SearchKey Key, SearchReturn? Return, bool ByUid) : IImapCommand<Sort>
    {
        // RFC 5256 §3: EXPUNGE is told during UID SORT alone.
        public static CommandDescriptor Descriptor { get; } = new("SORT", SessionStates.Selected) { UidForm = UidForm.Both, Updates = UpdatePolicy.HoldExpunges };

        public bool HoldsExpunges => SearchKeys.Has(Key, static key => key is SearchKey.Sequence);

        /// <summary>Why it is refused with NO, which its options may have to know; null when it is not.</summary>
        CommandRefusedException? Refusal { get; init; }

        public static Sort Parse(ref ImapReader reader)
        {
            reader.Space();
            var asked = SearchReturn.TryRead(ref reader);
            var order = ReadOrder(ref reader);
            reader.Space();
            try
            {
                var key = SearchGrammar.ReadCriteria(ref reader);
                reader.End();
                return new Sort(order, key, asked, reader.Context.Uid);
            }
            catch (CommandRefusedException refusal) when (asked is not null)
            {
                reader.SkipRest();
                return new Sort(order, new SearchKey.All(), asked, reader.Context.Uid) { Refusal = refusal };
            }
        }

        public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
        {
            var selected = session.Selected;
            var request = new SearchRequest(SearchKeys.ByUid(Key, selected.View), ByUid, Return) { IsOrdered = true };
            var answer = await SearchAnswer.BeginAsync(session, request, cancellationToken);
            if (Refusal is not null)
                throw Refusal;
            var sorted = await ((ISortMailbox)selected.Mailbox).SortMessagesAsync(new SearchCriteria(request.Key), Order, cancellationToken);
            var told = new List<(Uid, uint)>(sorted.Length);
            // What the client has not been told of, it hears of by EXISTS first.
            foreach (var uid in sorted)
                if (selected.View.TryGetNumber(uid, out var number))
                    told.Add((uid, number));
            await answer.WriteAsync(new SearchResults(told, ByUid), "SORT", cancellationToken);
            return Completion.Ok();
        }

        static ImmutableArray<SortCriterion> ReadOrder(ref ImapReader reader)
        {
            var order = ImmutableArray.CreateBuilder<SortCriterion>();
            reader.Take('(');
            do
            {
                var reverse = reader.TryWord("REVERSE "u8);
                var expected = reader.Expected("what to sort by");
                if (!reader.Context.Registry.SortKeys.TryGetValue(Encoding.ASCII.GetString(reader.Atom("what to sort by")), out var field))
                    throw expected;
                order.Add(new SortCriterion(field, reverse));
            }
            while (reader.TryTake(' '));
            reader.Take(')');
            return order.DrainToImmutable();
        }
    }
}
