using Backend.Mime.Sorting;

namespace Backend.Mime.Tests;

/// <summary>RFC 5256 §2.1, §5.</summary>
public sealed class BaseSubjectTests
{
    [Theory]
    // (1)
    [InlineData("a\tb  \t c", "a b c", false)]
    // (2)
    [InlineData("Lunch (fwd)", "Lunch", true)]
    [InlineData("Lunch (FWD) (fwd)  ", "Lunch", true)]
    [InlineData("Lunch(fwd)", "Lunch", true)]
    [InlineData("Lunch (fwd) now", "Lunch (fwd) now", false)]
    [InlineData("(fwd)", "", true)]
    // (3)
    [InlineData("Re: Lunch", "Lunch", true)]
    [InlineData("rE:Lunch", "Lunch", true)]
    [InlineData("RE : Lunch", "Lunch", true)]
    [InlineData("Fw: Lunch", "Lunch", true)]
    [InlineData("FWD: Lunch", "Lunch", true)]
    [InlineData("Re[2]: Lunch", "Lunch", true)]
    [InlineData("Re [2] : Lunch", "Lunch", true)]
    [InlineData("Re[2][3]: Lunch", "Re[2][3]: Lunch", false)]
    [InlineData("Re: Fw: Re: Lunch", "Lunch", true)]
    [InlineData("Reply: Lunch", "Reply: Lunch", false)]
    [InlineData("Re Lunch", "Re Lunch", false)]
    [InlineData("Aw: Lunch", "Aw: Lunch", false)]
    [InlineData("Fwdd: Lunch", "Fwdd: Lunch", false)]
    [InlineData("Re:", "", true)]
    [InlineData("Re: ", "", true)]
    [InlineData("[list] Re: Lunch", "Lunch", true)]
    [InlineData("[list] [team] Re: Lunch", "Lunch", true)]
    [InlineData("Re: [list] Re: Lunch", "Lunch", true)]
    // (4)
    [InlineData("[list] Lunch", "Lunch", false)]
    [InlineData("[list][team]Lunch", "Lunch", false)]
    [InlineData("[list]", "[list]", false)]
    [InlineData("[list] [team]", "[team]", false)]
    [InlineData("Re: [list]", "[list]", true)]
    [InlineData("[list Lunch", "[list Lunch", false)]
    [InlineData("[a[b] Lunch", "[a[b] Lunch", false)]
    [InlineData("Lunch [list]", "Lunch [list]", false)]
    [InlineData("[] Lunch", "Lunch", false)]
    // (6)
    [InlineData("[fwd: Lunch]", "Lunch", true)]
    [InlineData("[Fwd: [Fwd: Lunch]]", "Lunch", true)]
    [InlineData("Re: [FWD: Re: Lunch (fwd) ] (fwd)", "Lunch", true)]
    [InlineData("[fwd: [list] Lunch]", "Lunch", true)]
    [InlineData("[fwd: Lunch", "[fwd: Lunch", false)]
    [InlineData("[fwd: Lunch] today", "today", false)]
    [InlineData("[list] [fwd: Lunch]", "Lunch", true)]
    [InlineData("[fwd:]", "", true)]
    [InlineData("[fwd:", "[fwd:", false)]
    // Not trimmed but of WSP.
    [InlineData("Re:\u00A0Lunch", "\u00A0Lunch", true)]
    [InlineData("", "", false)]
    [InlineData("   ", "", false)]
    public void A_subject_has_this_base(string subject, string expected, bool isReply)
    {
        Assert.Equal(expected, BaseSubject.Of(subject, out var found));
        Assert.Equal(isReply, found);
    }

    [Theory]
    [InlineData("[a]")]
    [InlineData("Re:")]
    [InlineData("(fwd)")]
    [InlineData("[fwd:")]
    [InlineData("[")]
    [InlineData("re[x]")]
    public void A_subject_of_a_million_marks_takes_no_longer_than_its_length(string mark)
    {
        var subject = string.Concat(Enumerable.Repeat(mark, 200_000)) + new string(']', 200_000);

        Assert.True(BaseSubject.Of(subject, out _).Length <= subject.Length);
    }

    /// <summary>The base of a base is itself: the algorithm goes on until nothing matches.</summary>
    [Fact]
    public void There_is_nothing_more_to_remove_from_a_base()
    {
        string[] pieces = ["Re", ":", " ", "[", "]", "fwd", "Fw", "(fwd)", "[fwd:", "x", "\t", "[l]"];
        var random = new Random(5256);
        for (var i = 0; i < 20_000; i++)
        {
            var subject = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => pieces[random.Next(pieces.Length)]));
            var found = BaseSubject.Of(subject, out _);
            Assert.Equal(found, BaseSubject.Of(found, out var isReply));
            Assert.False(isReply);
        }
    }
}
