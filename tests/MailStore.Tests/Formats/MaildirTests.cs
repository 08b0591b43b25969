using MailStore.Formats;

namespace MailStore.Tests.Formats;

public sealed class MaildirTests
{
    static readonly Dictionary<char, Flag> Keywords = MaildirFlags.ReadKeywords(["0 work", "25 $Label1", "26 toomany", "x y", "1", "2 bad(one"]);

    [Theory]
    [InlineData("1.2.host:2,S", @"(\Seen)")]
    [InlineData("1.2.host:2,DFPRST", @"(\Draft \Flagged $Forwarded \Answered \Seen \Deleted)")]
    [InlineData("1.2.host,S=10,W=11:2,Saz", @"(\Seen work $Label1)")]
    [InlineData("1.2.host:2,", "()")]
    [InlineData("1.2.host:1,S", "()")]
    [InlineData("1.2.host", "()")]
    [InlineData("1.2.host:2,XbS", @"(\Seen)")]
    public void Flags_are_read_from_the_name(string name, string flags) => Assert.Equal(flags, MaildirFlags.Read(name, Keywords).ToString());

    [Fact]
    public void Flags_are_written_in_the_order_of_the_alphabet_and_keywords_get_letters()
    {
        var letters = new Dictionary<Flag, char>();

        Assert.Equal(":2,FRSa", MaildirFlags.Write(FlagSet.Of(Flag.Seen, Flag.Parse("work"), Flag.Flagged, Flag.Answered, Flag.Recent), letters));
        Assert.Equal(":2,ab", MaildirFlags.Write(FlagSet.Of(Flag.Parse("play"), Flag.Parse("WORK")), letters));
        Assert.Equal(["0 work", "1 play"], MaildirFlags.WriteKeywords(letters));
    }

    [Fact]
    public void A_keyword_without_a_letter_left_is_left_out()
    {
        var letters = new Dictionary<Flag, char>();
        for (var i = 0; i < MaildirFlags.MaxKeywords; i++)
            MaildirFlags.Write(FlagSet.Of(Flag.Parse($"k{i}")), letters);

        Assert.Equal(":2,Sz", MaildirFlags.Write(FlagSet.Of(Flag.Seen, Flag.Parse("k25"), Flag.Parse("k26")), letters));
    }

    [Theory]
    [InlineData("Sent", ".Sent")]
    [InlineData("Lists/dotnet", ".Lists.dotnet")]
    [InlineData("a.b/c", ".a&AC4-b.c")]
    [InlineData("Entwürfe & Co", ".Entw&APw-rfe &- Co")]
    [InlineData("日本語", ".&ZeVnLIqe-")]
    [InlineData("a&b/&&", ".a&-b.&-&-")]
    [InlineData("..", ".&AC4ALg-")]
    public void A_folder_has_the_name_of_its_mailbox(string mailbox, string folder)
    {
        Assert.Equal(folder, MaildirFolder.NameOf(MailboxName.Parse(mailbox)));
        Assert.Equal(mailbox, MaildirFolder.MailboxOf(folder));
    }

    [Theory]
    [InlineData(".&broken", "&broken")]
    [InlineData(".Entwürfe", "Entwürfe")]
    [InlineData(".a&-b", "a&b")]
    [InlineData(".a..b", "a//b")]
    public void A_folder_name_that_is_not_encoded_is_taken_as_it_stands(string folder, string mailbox) => Assert.Equal(mailbox, MaildirFolder.MailboxOf(folder));

    [Theory]
    [InlineData("cur")]
    [InlineData("..")]
    [InlineData(".")]
    public void Other_folders_are_no_mailboxes(string folder) => Assert.Null(MaildirFolder.MailboxOf(folder));
}
