using System.Text;
using Backend.EfCore.Updates;

namespace Backend.Postgres.Tests.Updates;

/// <summary>Updates as texts, within the limit of what a notification carries.</summary>
public sealed class UpdateTextTests
{
    const int MaxOctets = 7999;

    public static TheoryData<string> Names =>
    [
        "INBOX", "a/b/c", " ", "it's \"quoted\" \\ \\n", "%_*", "\u00e4\u4e0b\u66f8", "\U0001F4E7", new string('n', 1000),
        string.Concat(Enumerable.Repeat("\U0001F4E7", MailboxName.MaxLength / 4)),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_written_is_read(string name)
    {
        var user = $"{new string('\u4e0b', 240)}@example.org";
        Update[] updates = [Some.State(user, name, long.MaxValue), Some.Flags(user, name, 1, "1:4294967295"), Some.Expunged(user, name, 2, "3,5:7"), new MailboxUpdate { Username = user, Mailbox = MailboxName.Parse(name) }, Hints.EverythingOf(user), Hints.Everything()];

        var texts = UpdateText.Write("me", updates, MaxOctets);

        var read = texts.SelectMany(static text => UpdateText.Read(text, static _ => true)).ToList();
        Assert.Equal(updates.Select(Some.Describe), read.Select(Some.Describe));
        Assert.Equal(((MailboxUpdate)updates[0]).Status!.ToString(), ((MailboxUpdate)read[0]).Status!.ToString());
        Assert.All(texts, static text => Assert.InRange(Encoding.UTF8.GetByteCount(text), 1, MaxOctets));
        Assert.All(texts, static text => Assert.Equal("me", UpdateText.SenderOf(text)));
    }

    [Fact]
    public void What_is_not_known_stays_unknown()
    {
        var hint = Hints.WithoutMessages(Some.Flags("ada", "a", 5, "1"));

        var status = Assert.IsType<MailboxUpdate>(Assert.Single(UpdateText.Read(UpdateText.Write("me", [hint], MaxOctets)[0], static _ => true))).Status!;

        Assert.Equal((null, null, null, null, new ModSeq(5)), (status.Messages, status.UidNext, status.UidValidity, status.Unseen, status.HighestModSeq!.Value));
    }

    /// <summary>At the limit and one octet beyond it.</summary>
    [Fact]
    public void Texts_are_filled_up_to_the_limit_and_no_further()
    {
        var updates = Enumerable.Range(1, 2000).Select(static i => (Update)Some.Flags("ada", "a", i, $"{i}")).ToList();
        var first = Encoding.UTF8.GetByteCount(UpdateText.Write("me", updates, MaxOctets)[0]);

        Assert.InRange(first, MaxOctets - 20, MaxOctets);
        Assert.Equal(first, Encoding.UTF8.GetByteCount(UpdateText.Write("me", updates, first)[0]));
        Assert.InRange(Encoding.UTF8.GetByteCount(UpdateText.Write("me", updates, first - 1)[0]), 1, first - 1);
        Assert.Equal(updates.Select(Some.Describe), UpdateText.Write("me", updates, first - 1).SelectMany(static text => UpdateText.Read(text, static _ => true)).Select(Some.Describe));
    }

    [Fact]
    public void What_does_not_fit_becomes_less_and_less_but_never_nothing()
    {
        Update[] updates = [Some.Flags("ada@example.org", new string('n', 100), 5, "1000000001,2000000001,3000000001")];
        var seen = new List<string>();

        for (var max = 200; max >= 3 + 1; max--)
        {
            var text = Assert.Single(UpdateText.Write("me", updates, max));
            Assert.InRange(text.Length, 1, max);
            seen.Add(Some.Describe(Assert.Single(UpdateText.Read(text, static _ => true)))[..1]);
        }

        Assert.Equal(["F", "M", "U", "*"], seen.Distinct());
    }

    [Fact]
    public void Only_what_is_waited_for_is_read()
    {
        var text = Assert.Single(UpdateText.Write("me", [Some.State("ada", "a", 1), Some.Flags("bob", "b", 2, "1"), Hints.EverythingOf("eve"), Hints.Everything()], MaxOctets));

        Assert.Equal(["F bob b 2 1", "*"], UpdateText.Read(text, static name => name == "bob").Select(Some.Describe));
    }

    /// <summary>Of another version, or of a stranger: something happened, so it is looked for.</summary>
    [Theory]
    [InlineData("you\nM\tada", "U ada")]
    [InlineData("you\nM\tada\ta\t1", "U ada")]
    [InlineData("you\nM\tada\t\t1\t2\t3\t4\t5", "U ada")]
    [InlineData("you\nF\tada\ta\tx\t1", "U ada")]
    [InlineData("you\nF\tada\ta\t1\t0", "U ada")]
    [InlineData("you\nF\tada\ta\t1\t\u00fc", "U ada")]
    [InlineData("you\nZ\tada\ta\t1\t1", "U ada")]
    [InlineData("you\nsomething", "*")]
    [InlineData("you\n", "*")]
    [InlineData("you\nM\tada\ta\t-1\tx\t\t99999999999999999999\t7", "M ada a 7")]
    public void What_is_not_understood_is_a_hint(string text, string expected) =>
        Assert.Equal(expected, Some.Describe(Assert.Single(UpdateText.Read(text, static _ => true))));

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    public void A_text_without_updates_is_none(string text) => Assert.Empty(UpdateText.Read(text, static _ => true));
}
