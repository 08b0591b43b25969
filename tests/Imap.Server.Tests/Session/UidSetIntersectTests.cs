namespace Imap.Server.Tests.Session;

/// <summary>What two sets of UIDs have in common. RFC 7162 §3.2.5.1.</summary>
public sealed class UidSetIntersectTests
{
    [Theory]
    [InlineData("1:10", "5:20", "5:10")]
    [InlineData("1:3,7:9", "2:8", "2:3,7:8")]
    [InlineData("1,3,5", "2,4", "")]
    [InlineData("9,1:2", "2:9", "2,9")]
    [InlineData("1:*", "90:200", "90:100")]
    [InlineData("*", "100", "100")]
    [InlineData("1:4294967295", "4294967295", "4294967295")]
    [InlineData("1:5,6:9", "1:9", "1:9")]
    public void Both_have_it(string left, string right, string both)
    {
        Assert.Equal(both, UidSet.Parse(left).Intersect(UidSet.Parse(right), new Uid(100)).ToString());
        Assert.Equal(both, UidSet.Parse(right).Intersect(UidSet.Parse(left), new Uid(100)).ToString());
        Assert.True(UidSet.Parse(left).Intersect(UidSet.Empty, new Uid(100)).IsEmpty);
    }
}
