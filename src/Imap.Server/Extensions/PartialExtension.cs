using Imap.Server.Commands;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>PARTIAL: SEARCH RETURN (PARTIAL 1:100), and the same of UID FETCH. RFC 9394; RFC 5267 §4.4.</summary>
sealed class PartialExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("PARTIAL", SessionStates.LoggedIn);
        registry.SearchReturnOption("PARTIAL", static (ref reader) => new PartialResults(Page.Read(ref reader)));
        registry.FetchModifier("PARTIAL", static (ref reader) => new PartialFetch(Page.Read(ref reader)));
    }

    /// <summary>partial-range: places from the beginning or from the end, the nearer one first. RFC 9394 §4.</summary>
    /// <param name="Text">As the client wrote it, which the answer repeats.</param>
    /// <param name="First">The place nearer to where it counts from, 1 for the one that is there.</param>
    /// <param name="Last">The place farther away.</param>
    /// <param name="FromEnd">Whether it counts from the end.</param>
    sealed record Page(string Text, uint First, uint Last, bool FromEnd)
    {
        public static Page Read(ref ImapReader reader)
        {
            reader.Space();
            var fromEnd = reader.NextIs('-');
            var one = ReadPlace(ref reader, fromEnd);
            reader.Take(':');
            var other = ReadPlace(ref reader, fromEnd);
            var sign = fromEnd ? "-" : "";
            return new Page($"{sign}{one}:{sign}{other}", Math.Min(one, other), Math.Max(one, other), fromEnd);
        }

        /// <summary>Which of so many there are on it; empty where it is beyond them.</summary>
        public Range Of(int count)
        {
            var (first, last) = ((int)Math.Min(First - 1, count), (int)Math.Min(Last, count));
            return FromEnd ? (count - last)..(count - first) : first..last;
        }

        static uint ReadPlace(ref ImapReader reader, bool fromEnd)
        {
            if (fromEnd)
                reader.Take('-');
            return reader.NonZeroNumber();
        }
    }

    /// <summary>PARTIAL as a result option. RFC 9394 §3.1-3.2.</summary>
    sealed record PartialResults(Page Page) : SearchReturnOption
    {
        public override bool IsList => true;

        public override Range? Tells(int count) => Page.Of(count);

        public override async ValueTask WriteAsync(ImapWriter writer, SearchResults results)
        {
            writer.Octets(" PARTIAL ("u8).Atom(Page.Text).Space();
            var (_, length) = Page.Of(results.Count).GetOffsetAndLength(results.Count);
            if (length == 0)
                writer.Nil();
            else
                await results.WriteSetAsync(writer, Page.Of(results.Count));
            writer.Octet(')');
        }
    }

    /// <summary>PARTIAL as a modifier of UID FETCH: of the messages that are named and there, those on the page. RFC 9394 §3.3-3.4.</summary>
    sealed class PartialFetch(Page page) : FetchModifier
    {
        // Before those that look at the messages, such as CHANGEDSINCE.
        public override int Order => -1;

        public override ValueTask ApplyAsync(FetchRequest request, CancellationToken cancellationToken)
        {
            if (!request.ByUid)
                throw new ImapSyntaxException("PARTIAL is a modifier of UID FETCH, not of FETCH.");
            var (start, length) = page.Of(request.Session.Selected.View.CountIn(request.Uids)).GetOffsetAndLength(int.MaxValue);
            request.Uids = UidSet.From(request.Session.Selected.View.Find(request.Uids).Skip(start).Take(length).Select(static message => message.Uid));
            return default;
        }
    }
}
