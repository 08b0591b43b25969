using Backend.EfCore.Updates;

namespace Backend.Postgres.Tests.Updates;

/// <summary>What waits to be told to other processes.</summary>
public sealed class UpdateOutboxTests
{
    readonly UpdateOutbox outbox = new();

    [Fact]
    public void What_waits_is_taken_once_and_in_order()
    {
        outbox.Add([Some.State("ada", "a", 1), Some.Flags("ada", "a", 2, "7"), Some.Expunged("ada", "a", 3, "8")]);
        outbox.Add([Some.Flags("bob", "a", 1, "1")]);

        Assert.Equal(["M ada a 1", "F ada a 2 7", "X ada a 3 8", "F bob a 1 1"], Take());
        Assert.Empty(Take());
    }

    [Fact]
    public void What_waits_for_the_same_mailbox_is_told_together()
    {
        outbox.Add([Some.State("ada", "a", 1), Some.State("ada", "a", 2), Some.Flags("ada", "a", 3, "7,9"), Some.Flags("ada", "a", 4, "8,20"), Some.Expunged("ada", "a", 5, "7"), Some.Expunged("ada", "a", 6, "1:3")]);

        Assert.Equal(["M ada a 2", "F ada a 4 7:9,20", "X ada a 6 1:3,7"], Take());
    }

    /// <summary>A flag changed before an expunge must not be told after it.</summary>
    [Fact]
    public void Nothing_is_merged_past_another_change_of_the_mailbox()
    {
        outbox.Add([Some.Flags("ada", "a", 1, "7"), Some.Expunged("ada", "a", 2, "7"), Some.Flags("ada", "a", 3, "8"), Some.Expunged("ada", "a", 4, "8")]);

        Assert.Equal(["F ada a 1 7", "X ada a 2 7", "F ada a 3 8", "X ada a 4 8"], Take());
    }

    [Fact]
    public void Other_mailboxes_and_users_are_not_merged_and_keep_their_order()
    {
        outbox.Add([Some.Flags("ada", "a", 1, "1"), Some.Flags("ada", "b", 1, "1"), Some.Flags("bob", "a", 1, "1"), Some.Flags("ada", "a", 2, "2")]);

        Assert.Equal(["F ada b 1 1", "F bob a 1 1", "F ada a 2 1:2"], Take());
    }

    [Fact]
    public void A_mailbox_that_went_after_it_came_is_gone()
    {
        outbox.Add([Some.State("ada", "a", 1), new MailboxUpdate { Username = "ada", Mailbox = MailboxName.Parse("a") }]);

        Assert.Equal(["D ada a"], Take());
    }

    [Fact]
    public void Of_too_many_messages_only_the_mailbox_is_kept()
    {
        var every = string.Join(',', Enumerable.Range(1, UpdateOutbox.MaxRanges + 1).Select(static i => 2 * i));
        outbox.Add([Some.Flags("ada", "a", 5, every), Some.Expunged("ada", "b", 6, every)]);

        Assert.Equal(["M ada a 5", "M ada b 6"], Take());
    }

    [Fact]
    public void Merging_stops_at_too_many_messages_too()
    {
        for (var i = 1; i <= 1000; i++)
            outbox.Add([Some.Flags("ada", "a", i, $"{3 * i}")]);

        Assert.All(outbox.Take(), static update => Assert.True(update is not MessageUpdate message || message.Uids.Ranges.Length <= UpdateOutbox.MaxRanges));
    }

    /// <summary>Nothing is merged here, and nobody takes anything: each mailbox keeps one hint with its latest modification sequence.</summary>
    [Fact]
    public void Too_much_becomes_one_hint_a_mailbox()
    {
        for (var i = 1; i <= 100_000; i++)
            outbox.Add([i % 2 == 0 ? Some.Flags("ada", $"box{i % 10}", i, "1") : Some.Expunged("ada", $"box{i % 10}", i, "2"), Some.State("ada", $"box{i % 10}", i)]);

        var left = outbox.Take();

        Assert.InRange(left.Count, 10, UpdateOutbox.Capacity);
        foreach (var mailbox in left.GroupBy(static update => update.Mailbox!.Value))
        {
            var modSeqs = mailbox.Select(Some.ModSeqOf).ToList();
            Assert.Equal(modSeqs.Order(), modSeqs);
            Assert.Equal(100_000 - ((10 - (int.Parse(mailbox.Key.Value[3..], null) % 10)) % 10), modSeqs[^1].Value);
        }
    }

    [Fact]
    public void Too_many_mailboxes_become_one_hint_for_everybody()
    {
        for (var i = 1; i <= 5 * UpdateOutbox.Capacity; i++)
            outbox.Add([Some.Flags($"user{i}", "INBOX", 1, "1")]);

        var left = outbox.Take();

        Assert.InRange(left.Count, 1, UpdateOutbox.Capacity);
        Assert.Equal((null, null), (left[0].Username, left[0].Mailbox));
    }

    /// <summary>What could not be sent may have arrived all the same, so it must not be told as news again.</summary>
    [Fact]
    public void What_is_returned_stands_in_front_as_hints()
    {
        outbox.Add([Some.Flags("ada", "a", 1, "7"), Some.Expunged("ada", "b", 2, "8"), new MailboxUpdate { Username = "ada", Mailbox = MailboxName.Parse("c") }]);
        var taken = outbox.Take();
        outbox.Add([Some.Flags("ada", "a", 3, "9"), Some.State("bob", "a", 4)]);

        outbox.Return(taken);

        Assert.Equal(["M ada a 1", "M ada b 2", "D ada c", "F ada a 3 9", "M bob a 4"], Take());
    }

    string[] Take() => [.. outbox.Take().Select(Some.Describe)];
}
