using Imap.Server.Commands;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>THREAD: SEARCH with the results put together to threads. RFC 5256.</summary>
sealed class ThreadExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Requires<IThreadMailbox>("THREAD");
        registry.ThreadAlgorithm("ORDEREDSUBJECT", ThreadAlgorithm.OrderedSubject);
        registry.ThreadAlgorithm("REFERENCES", ThreadAlgorithm.References);
        registry.Command<Thread>();
    }

    /// <summary>Searches the mailbox and threads what it finds. RFC 5256 §3-4.</summary>
    /// <remarks>
    /// States: selected.<br/>
    /// Syntax: <c>["UID" SP] "THREAD" SP thread-alg SP charset 1*(SP search-key)</c><br/>
    /// Responses: THREAD
    /// </remarks>
    sealed record Thread(ThreadAlgorithm Algorithm, SearchKey Key, bool ByUid) : IImapCommand<Thread>
    {
        // RFC 5256 §3: EXPUNGE is told during UID THREAD alone.
        public static CommandDescriptor Descriptor { get; } = new("THREAD", SessionStates.Selected) { UidForm = UidForm.Both, Updates = UpdatePolicy.HoldExpunges };

        public bool HoldsExpunges => SearchKeys.Has(Key, static key => key is SearchKey.Sequence);

        public static Thread Parse(ref ImapReader reader)
        {
            reader.Space();
            var expected = reader.Expected("an algorithm");
            if (!reader.Context.Registry.ThreadAlgorithms.TryGetValue(Encoding.ASCII.GetString(reader.Atom("an algorithm")), out var algorithm))
                throw expected;
            reader.Space();
            var key = SearchGrammar.ReadCriteria(ref reader);
            reader.End();
            return new Thread(algorithm, key, reader.Context.Uid);
        }

        public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
        {
            var selected = session.Selected;
            // A message that the client has not been told of is in no thread: there would be no number for it.
            var told = new SearchKey.And(new SearchKey.Uids(selected.View.ToUids(UidSet.All)), SearchKeys.ByUid(Key, selected.View));
            var members = await ((IThreadMailbox)selected.Mailbox).ThreadMessagesAsync(Algorithm, new SearchCriteria(told), cancellationToken);
            await WriteAsync(session.Writer, members, uid => ByUid ? uid.Value : NumberOf(uid, selected.View));
            return Completion.Ok();
        }

        static uint NumberOf(Uid uid, MailboxView view) =>
            view.TryGetNumber(uid, out var number) ? number : throw new InvalidOperationException($"The message {uid} was threaded and is not in the view.");

        // RFC 5256 §5 (thread-data), without recursion: a thread may be as deep as the mailbox is long.
        static async ValueTask WriteAsync(ImapWriter writer, ImmutableArray<ThreadMember> members, Func<Uid, uint> number)
        {
            writer.Octets("* THREAD"u8);
            if (!members.IsEmpty)
                writer.Space();
            var hasSiblings = FindSiblings(members);
            var lists = new Stack<int>();
            for (var i = 0; i < members.Length; i++)
            {
                var (uid, depth) = members[i];
                for (; lists.TryPeek(out var open) && open >= depth; lists.Pop())
                    writer.Octet(')');
                // What stands for no message is the head of a list, without a number and a space.
                if (depth > 0 && members[i - 1] is { Uid: not null, Depth: var before } && before == depth - 1)
                    writer.Space();
                if (depth == 0 || hasSiblings[i])
                {
                    writer.Octet('(');
                    lists.Push(depth);
                }

                if (uid is { } message)
                    writer.Number(number(message));
                await writer.FlushIfFullAsync();
            }

            for (; lists.TryPop(out _);)
                writer.Octet(')');
            writer.Crlf();
        }

        /// <summary>To each member whether another has the same parent.</summary>
        static bool[] FindSiblings(ImmutableArray<ThreadMember> members)
        {
            var hasSiblings = new bool[members.Length];
            var path = new List<int>();
            for (var i = 0; i < members.Length; i++)
            {
                var depth = members[i].Depth;
                if (path.Count > depth)
                {
                    hasSiblings[i] = hasSiblings[path[depth]] = true;
                    path.RemoveRange(depth, path.Count - depth);
                }

                path.Add(i);
            }

            return hasSiblings;
        }
    }
}
