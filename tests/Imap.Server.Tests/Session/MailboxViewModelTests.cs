using CsCheck;
using Imap.Server.Session;

namespace Imap.Server.Tests.Session;

/// <summary>Whatever happens, the view is as a list of UIDs that a client keeps by following what it is told.</summary>
public sealed class MailboxViewModelTests
{
    [Fact]
    public void A_client_that_follows_what_it_is_told_has_the_same_list() =>
        Gen.Select(Gen.Int[0, 4], Gen.UInt[1, 40], Gen.UInt[1, 40]).Array[1, 60].Sample(static steps =>
        {
            var store = new SortedSet<uint>();
            var listed = new SortedSet<uint>();
            var client = new List<uint>();
            var view = new MailboxView([], UidSet.Empty);
            var next = 1u;
            foreach (var (what, first, second) in steps)
            {
                switch (what)
                {
                    case 0:
                        // A message comes, and nobody is told yet.
                        next += first % 3;
                        Assert.True(view.TryAdd(new Uid(next)));
                        listed.Add(next);
                        store.Add(next++);
                        break;
                    case 1:
                        // Messages go, and nobody is told yet.
                        var set = UidSet.Between(new Uid(Math.Min(first, second)), new Uid(Math.Max(first, second)));
                        store.RemoveWhere(uid => uid >= set.Ranges[0].First && uid <= set.Ranges[0].Last);
                        view.Expunge(set);
                        break;
                    case 2:
                        // The client is told.
                        foreach (var number in view.TakeExpunged())
                            client.RemoveAt((int)number - 1);
                        listed.IntersectWith(store);
                        Assert.Equal(view.HasNew, store.Count > client.Count);
                        client.AddRange(store.Skip(client.Count));
                        Assert.Equal(client.Count, view.TakeNew());
                        Assert.Equal(store, client);
                        break;
                    case 3:
                        // The client may be told of new messages only. One that is gone already has a number then.
                        client.AddRange(listed.Skip(client.Count));
                        Assert.Equal(client.Count, view.TakeNew());
                        break;
                    default:
                        AssertSame(view, client, first, second);
                        break;
                }
            }

            AssertSame(view, client, 1, 40);
        });

    static void AssertSame(MailboxView view, List<uint> client, uint first, uint second)
    {
        Assert.Equal(client.Count, view.Count);
        Assert.Equal(client.Select(static (uid, at) => (new Uid(uid), (uint)(at + 1))), view.Find(UidSet.All));
        foreach (var (uid, number) in view.Find(UidSet.All))
        {
            Assert.True(view.TryGetNumber(uid, out var found));
            Assert.Equal(number, found);
        }

        if (first > client.Count || second > client.Count)
            return;
        var (low, high) = ((int)Math.Min(first, second), (int)Math.Max(first, second));
        var uids = view.ToUids(SequenceSet.Parse($"{first}:{second}"));
        Assert.Equal(client.GetRange(low - 1, high - low + 1), view.Find(uids).Select(static message => message.Uid.Value));
    }
}
