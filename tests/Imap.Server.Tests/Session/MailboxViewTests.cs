using Imap.Server.Session;

namespace Imap.Server.Tests.Session;

/// <summary>Sequence numbers. RFC 9051 §2.3.1.2, §7.5.1.</summary>
public sealed class MailboxViewTests
{
    [Theory]
    [InlineData("1", "2")]
    [InlineData("5", "11")]
    [InlineData("*", "11")]
    [InlineData("1:*", "2:11")]
    [InlineData("*:1", "2:11")]
    [InlineData("2:4", "3:10")]
    [InlineData("4:2", "3:10")]
    [InlineData("1,3", "2,7")]
    [InlineData("3,1,2:3", "2:7")]
    [InlineData("5:*", "11")]
    [InlineData("1,*", "2,11")]
    public void Sequence_numbers_become_ranges_of_uids(string numbers, string uids) =>
        Assert.Equal(uids, View(2, 3, 7, 10, 11).ToUids(SequenceSet.Parse(numbers)).ToString());

    [Theory]
    [InlineData("6")]
    [InlineData("1:6")]
    [InlineData("6:*")]
    [InlineData("4294967295")]
    public void A_number_above_the_number_of_messages_is_refused(string numbers)
    {
        var exception = Assert.Throws<BackendException>(() => View(2, 3, 7, 10, 11).ToUids(SequenceSet.Parse(numbers)));

        Assert.Equal(BackendError.InvalidSequenceNumber, exception.Error);
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("1:*", true)]
    [InlineData("1", false)]
    [InlineData("1:2", false)]
    public void In_an_empty_mailbox_a_star_names_nothing(string numbers, bool isTaken)
    {
        var view = View();
        if (isTaken)
            Assert.True(view.ToUids(SequenceSet.Parse(numbers)).IsEmpty);
        else
            Assert.Throws<BackendException>(() => view.ToUids(SequenceSet.Parse(numbers)));
    }

    [Theory]
    [InlineData("*", "11")]
    [InlineData("1:*", "1:11")]
    [InlineData("559:*", "11")]
    [InlineData("1:4294967295", "1:11")]
    [InlineData("12:20", "")]
    [InlineData("5:6,9", "5:6,9")]
    [InlineData("11,12", "11")]
    public void Uids_stop_at_the_highest_that_was_told(string asked, string uids) =>
        Assert.Equal(uids, View(2, 3, 7, 10, 11).ToUids(UidSet.Parse(asked)).ToString());

    [Theory]
    [InlineData("2", "1", "3,7,10,11")]
    [InlineData("11", "5", "2,3,7,10")]
    [InlineData("3,7", "2,2", "2,10,11")]
    [InlineData("2,7,11", "1,2,3", "3,10")]
    [InlineData("1:20", "1,1,1,1,1", "")]
    [InlineData("4:6", "", "2,3,7,10,11")]
    [InlineData("3,3,3:4", "2", "2,7,10,11")]
    public void Each_expunge_lowers_the_numbers_behind_it(string gone, string announced, string left)
    {
        var view = View(2, 3, 7, 10, 11);
        view.Expunge(UidSet.Parse(gone));

        Assert.Equal(announced, string.Join(',', view.TakeExpunged()));
        Assert.Equal(left, Uids(view));
        Assert.Empty(view.TakeExpunged());
    }

    [Fact]
    public void A_message_that_is_gone_keeps_its_number_until_that_is_told()
    {
        var view = View(2, 3, 7);
        view.Expunge(UidSet.Parse("3"));

        Assert.True(view.HasExpunged);
        Assert.Equal(3, view.Count);
        Assert.True(view.TryGetNumber(new Uid(7), out var number));
        Assert.Equal(3u, number);
        Assert.True(view.HasExpungedIn(UidSet.Parse("1:4")));
        Assert.False(view.HasExpungedIn(UidSet.Parse("4:*")));

        view.TakeExpunged();
        Assert.True(view.TryGetNumber(new Uid(7), out number));
        Assert.Equal(2u, number);
        Assert.False(view.TryGetNumber(new Uid(3), out _));
        Assert.False(view.HasExpunged);
    }

    [Fact]
    public void New_messages_come_at_the_end()
    {
        var view = View(2, 3);

        Assert.True(view.TryAdd(new Uid(9)));
        Assert.False(view.TryAdd(new Uid(9)));
        Assert.False(view.TryAdd(new Uid(5)));
        Assert.True(view.HasNew);
        Assert.Equal(2, view.Count);
        Assert.Equal("2,3", Uids(view));
        Assert.Equal("3", view.ToUids(UidSet.Parse("9,*")).ToString());
        Assert.Throws<BackendException>(() => view.ToUids(SequenceSet.Parse("3")));
        Assert.False(view.TryGetNumber(new Uid(9), out _));

        Assert.Equal(3, view.TakeNew());
        Assert.False(view.HasNew);
        Assert.Equal("2,3,9", Uids(view));
    }

    [Fact]
    public void A_message_that_comes_and_goes_before_that_is_told_was_never_there()
    {
        var view = View(2, 3);
        view.TryAdd(new Uid(9));
        view.TryAdd(new Uid(10));
        view.AddRecent(UidSet.Parse("9:10"));
        view.Expunge(UidSet.Parse("2,9"));

        Assert.Equal([1u], view.TakeExpunged());
        Assert.Equal(1, view.Count);
        Assert.Equal(1, view.RecentCount);
        Assert.Equal(2, view.TakeNew());
        Assert.Equal("3,10", Uids(view));
    }

    [Fact]
    public void Recent_messages_are_counted_until_they_are_gone()
    {
        var view = new MailboxView([new Uid(2), new Uid(3), new Uid(7)], UidSet.Parse("3:7"));
        Assert.Equal(2, view.RecentCount);
        view.TryAdd(new Uid(9));
        view.AddRecent(UidSet.Parse("3,9"));
        Assert.Equal(3, view.RecentCount);
        view.Expunge(UidSet.Parse("2:3"));
        view.TakeExpunged();
        Assert.Equal(2, view.RecentCount);
    }

    [Fact]
    public void Messages_are_found_with_their_numbers()
    {
        var view = View(2, 3, 7, 10, 11);

        Assert.Equal([(new Uid(3), 2u), (new Uid(10), 4u)], view.Find(UidSet.Parse("3,8:10,12")));
        Assert.Equal(2, view.CountIn(UidSet.Parse("3,8:10,12")));
        Assert.Equal(5, view.CountIn(UidSet.All));
    }

    [Fact]
    public void The_highest_uid_of_all_is_nothing_special()
    {
        var view = View(1, uint.MaxValue);

        Assert.Equal("1:4294967295", view.ToUids(SequenceSet.All).ToString());
        Assert.Equal(2, view.CountIn(UidSet.All));
        view.Expunge(UidSet.Of(Uid.MaxValue));
        Assert.Equal([2u], view.TakeExpunged());
    }

    static MailboxView View(params uint[] uids) => new([.. uids.Select(static uid => new Uid(uid))], UidSet.Empty);

    static string Uids(MailboxView view) => string.Join(',', view.Find(UidSet.All).Select(static message => message.Uid));
}
