using Imap.Server.Commands;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions.Contexts;

/// <summary>
/// The results of a SEARCH with UPDATE, as the client knows them: it is told when one comes or goes. Only messages that have been touched are searched again;
/// all of them now and then where a key goes by the clock. RFC 5267 §4.3; RFC 5032 §2.
/// </summary>
sealed class SearchContext : IMailboxFollower
{
    readonly byte[] tag;
    readonly SearchKey key;
    readonly bool byUid;
    readonly SelectedMailbox selected;
    readonly TimeProvider time;
    readonly TimeSpan period;
    readonly bool goesByClock;
    readonly ImmutableArray<FetchItem> items;
    readonly List<uint> results;
    readonly HashSet<Uid> touched;
    long lookedAt;
    UidSet? looked;
    UidSet found = UidSet.Empty;

    /// <summary>Begins with what the search found.</summary>
    public SearchContext(ImapSession session, SearchRequest request, UidSet found, ImmutableArray<FetchItem> items)
    {
        this.items = items;
        tag = session.Tag.ToArray();
        (key, byUid) = (request.Key, request.ByUid);
        (selected, time, period) = (session.Selected, session.Time, session.Options.IdleKeepAlive);
        goesByClock = SearchKeys.Has(key, static key => key is SearchKey.Younger or SearchKey.Older);
        lookedAt = time.GetTimestamp();
        results = [.. found.Enumerate().Select(static uid => uid.Value)];
        // The client has not been told of these yet, so they are not among the results.
        touched = [.. selected.View.New];
    }

    /// <summary>Whether it is the one of the command with this tag.</summary>
    public bool Has(ReadOnlySpan<byte> other) => tag.AsSpan().SequenceEqual(other);

    public void Touch(Uid uid) => touched.Add(uid);

    public IReadOnlyList<FetchItem> ItemsFor(Uid uid) => IsResult(uid) ? items : [];

    public async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        var isDue = goesByClock && time.GetElapsedTime(lookedAt) >= period;
        if (!isDue && touched.Count == 0)
            return;
        var where = isDue ? UidSet.All : UidSet.From(touched);
        found = await selected.Mailbox.SearchMessagesAsync(new SearchCriteria(isDue ? key : new SearchKey.And(new SearchKey.Uids(where), key)), cancellationToken);
        looked = where;
        touched.Clear();
        if (isDue)
            lookedAt = time.GetTimestamp();
    }

    public void TellGone(UpdateWriter updates) => Tell(updates, [.. selected.View.Expunged.Where(IsResult)], []);

    public void TellChanged(UpdateWriter updates)
    {
        if (looked is not { } where)
            return;
        looked = null;
        var still = selected.View.Find(found).Select(static message => message.Uid).ToHashSet();
        Tell(
            updates,
            [.. results.Select(static uid => new Uid(uid)).Where(uid => where.Contains(uid, new Uid(uint.MaxValue)) && !still.Contains(uid))],
            [.. still.Where(uid => !IsResult(uid)).Order()]);
    }

    bool IsResult(Uid uid) => results.BinarySearch(uid.Value) >= 0;

    void Tell(UpdateWriter updates, IReadOnlyList<Uid> removed, IReadOnlyList<Uid> added)
    {
        if (removed.Count > 0)
        {
            updates.SearchResults(tag, byUid, " REMOVEFROM"u8, Told(removed));
            var gone = removed.Select(static uid => uid.Value).ToHashSet();
            results.RemoveAll(gone.Contains);
        }

        if (added.Count > 0)
        {
            updates.SearchResults(tag, byUid, " ADDTO"u8, Told(added));
            results.AddRange(added.Select(static uid => uid.Value));
            results.Sort();
        }
    }

    NumberSet Told(IReadOnlyList<Uid> uids) => byUid
        ? UidSet.From(uids)
        : SequenceSet.From(uids.Select(uid => selected.View.TryGetNumber(uid, out var number) ? new SequenceNumber(number) : throw new InvalidOperationException($"The message {uid} has no number.")));
}
