using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Tests.Session;

/// <summary>Messages that are gone, by UID. RFC 7162 §3.2.10; §4 for the length of lines.</summary>
public sealed class VanishedTests
{
    [Theory]
    [InlineData("2", "2", "3,7,10,11")]
    [InlineData("1:20", "2:3,7,10:11", "")]
    [InlineData("4:6", "", "2,3,7,10,11")]
    [InlineData("7,11", "7,11", "2,3,10")]
    public void Only_what_the_client_was_told_of_vanishes(string gone, string vanished, string left)
    {
        var view = View(2, 3, 7, 10, 11);
        view.Expunge(UidSet.Parse(gone));

        Assert.Equal(vanished, view.TakeVanished().ToString());
        Assert.Equal(left, string.Join(',', view.Find(UidSet.All).Select(static message => message.Uid)));
        Assert.True(view.TakeVanished().IsEmpty);
    }

    [Fact]
    public void What_came_and_went_before_that_is_told_does_not()
    {
        var view = View(2, 3);
        view.TryAdd(new Uid(9));
        view.Expunge(UidSet.Parse("2,9"));

        Assert.Equal("2", view.TakeVanished().ToString());
        Assert.Equal(1, view.TakeNew());
    }

    [Theory]
    [InlineData("1:20", "1,4:6,8:9,12:20")]
    [InlineData("2:3", "")]
    [InlineData("3:5,9:10", "4:5,9")]
    [InlineData("12:4294967295", "12:4294967295")]
    [InlineData("11:4294967295", "12:4294967295")]
    public void What_has_a_number_has_not_vanished_earlier(string set, string absent) =>
        Assert.Equal(absent, View(2, 3, 7, 10, 11).WithoutPresent(UidSet.Parse(set)).ToString());

    [Fact]
    public void What_has_no_number_yet_has_not_vanished_earlier_either()
    {
        var view = View(2);
        view.TryAdd(new Uid(5));

        Assert.Equal("4,6", view.WithoutPresent(UidSet.Parse("4:6")).ToString());
        view.TryAdd(Uid.MaxValue);
        Assert.Equal("4294967294", view.WithoutPresent(UidSet.Parse("4294967294:4294967295")).ToString());
    }

    [Fact]
    public void The_numbers_of_messages_are_a_set() =>
        Assert.Equal("1:2,4", View(2, 3, 7, 10, 11).ToNumbers(UidSet.Parse("1:3,10")).ToString());

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(370)]
    [InlineData(371)]
    [InlineData(5000)]
    public void No_line_is_longer_than_a_line_may_be(int count)
    {
        var set = UidSet.From(Enumerable.Range(0, count).SelectMany(static i => new[] { new Uid(uint.MaxValue - (3 * (uint)i) - 1), new Uid(uint.MaxValue - (3 * (uint)i) - 2) }));

        var lines = set.Split().ToList();

        Assert.All(lines, static line => Assert.InRange($"* VANISHED (EARLIER) {line}\r\n".Length, 1, 8192));
        Assert.Equal(set.Ranges, lines.SelectMany(static line => line.Ranges));
    }

    static MailboxView View(params uint[] uids) => new([.. uids.Select(static uid => new Uid(uid))], UidSet.Empty);
}
