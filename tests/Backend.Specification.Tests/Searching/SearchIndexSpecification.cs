using Backend.Specification.Tests.Models;
using CsCheck;
using static Backend.Abstractions.Search.SearchKey;

namespace Backend.Specification.Tests.Searching;

/// <summary>
/// A store may keep an index of texts and fill it after the append. What a search finds must never depend on how far it has come. RFC 9051 §6.4.4.
/// </summary>
public abstract class SearchIndexSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    static readonly SearchKey[] Keys =
    [
        new Body("kumquat"), new Text("kumquat"), new Text("quince"), new Text("x-kumquat"), new Header("Subject", "quince"), new Header("From", "kumquat@example"),
        new Header("To", "kumquat"), new Header("Cc", "kumquat"), new Header("X-Kumquat", ""), new Header("X-Kumquat", "ripe"), new Body("mqu"), new Body("qu"), new Body("q"),
        new Not(new Body("kumquat")), new Not(new Text("kumquat")), new Not(new Header("X-Kumquat", "ripe")), new Not(new Not(new Body("kumquat"))),
        new Or(new Body("kumquat"), new Header("Subject", "quince")), new Or(new Not(new Body("kumquat")), new HasFlag(Flag.Seen)),
        new And(new Body("kumquat"), new Not(new Header("Subject", "quince"))), new And(new Text("quince"), new Text("kumquat"), new Not(new HasFlag(Flag.Seen))),
        new Not(new And(new Body("kumquat"), new Or(new Header("Cc", "kumquat"), new Not(new Text("quince"))))),
        new Not(new Or(new Header("X-Kumquat", "ripe"), new Not(new Or(new Body("kumquat"), new Not(new Text("ripe")))))),
    ];

    [Fact]
    public virtual async Task What_is_found_does_not_depend_on_how_far_the_index_is()
    {
        var box = await InboxAsync();
        await FillAsync(box, 8);
        var waiting = await AnswersAsync(box);
        await Fixture.IndexAsync(Token);
        Assert.Equal(waiting, await AnswersAsync(box));

        // The same eight again: what the first were found by finds these too.
        var uids = await box.UidsAsync();
        await FillAsync(box, 8);
        var half = await AnswersAsync(box);
        var again = (await box.UidsAsync()).Except(uids).ToArray();
        Assert.Equal(waiting.Select(each => string.Join(' ', each.Split(' ', StringSplitOptions.RemoveEmptyEntries).Concat(each.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(uid => $"{again[Array.FindIndex(uids, old => $"{old}" == uid)]}")))), half);
        await Fixture.IndexAsync(Token);
        Assert.Equal(half, await AnswersAsync(box));
    }

    [Theory]
    [MemberData(nameof(HostileNeedles.All), MemberType = typeof(HostileNeedles))]
    public virtual async Task Every_needle_is_taken_as_it_is(string needle)
    {
        var box = await InboxAsync();
        const string Plain = "Content-Type: text/plain; charset=utf-8";
        var subject = needle.Any(char.IsControl) ? "no" : $"=?utf-8?b?{Convert.ToBase64String(Mail.Text($"in {needle} out"))}?=";
        await box.AppendAsync(Mail.With($"Subject: other\r\n{Plain}", "xyz"));
        var indexed = await box.AppendAsync(Mail.With($"Subject: {subject}\r\n{Plain}", $"uvw {needle} wvu"));
        await Fixture.IndexAsync(Token);
        var waiting = await box.AppendAsync(Mail.With($"Subject: {subject}\r\n{Plain}", $"uvw {needle} wvu"));
        await box.AppendAsync(Mail.With($"Subject: other\r\n{Plain}", "zyx"));

        Assert.Equal([indexed, waiting], await SearchAsync(box, new And(new Body($"uvw {needle} w"), new Body(needle))));
        Assert.Equal([indexed, waiting], await SearchAsync(box, new And(new Body("uvw"), new Text(needle))));
        Assert.Equal([indexed, waiting], await SearchAsync(box, new And(new Body("uvw"), new Not(new Body(needle + needle)))));
        Assert.DoesNotContain(indexed, await SearchAsync(box, new Not(new Body(needle))));
        if (subject != "no")
            Assert.Equal([indexed, waiting], await SearchAsync(box, new Header("Subject", needle)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(10_000)]
    public virtual async Task A_needle_can_be_as_long_as_the_text(int length)
    {
        var box = await InboxAsync();
        var text = string.Concat(Enumerable.Range(0, length).Select(static i => (char)('a' + (i * 7 % 26))));
        var uid = await box.AppendAsync(Mail.Of("Long", text));
        await box.AppendAsync(Mail.Of("Long", text[..^1] + "!"));

        Assert.Equal([uid], await SearchAsync(box, new Body(text)));
        Assert.Empty(await SearchAsync(box, new Body(text + "?")));
    }

    [Fact]
    public virtual async Task Copies_are_found_where_they_are_and_not_where_they_were()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        var first = await a.AppendAsync(Mail.Of("First", "kumquat"));
        await Fixture.IndexAsync(Token);
        var second = await a.AppendAsync(Mail.Of("Second", "kumquat"));
        await a.CopyAsync(UidSet.All, "b");
        Assert.Equal([first, second], await SearchAsync(a, new Body("kumquat")));
        Assert.Equal(await b.UidsAsync(), await SearchAsync(b, new Body("kumquat")));

        await a.MoveAsync(UidSet.Of(first), "b");
        Assert.Equal([second], await SearchAsync(a, new Body("kumquat")));
        Assert.Equal(3, (await SearchAsync(b, new Body("kumquat"))).Length);

        await User.RenameAsync("b", "c");
        Assert.Equal(3, (await SearchAsync(await User.OpenAsync("c"), new Text("kumquat"))).Length);
        await User.DeleteAsync("c");
        Assert.Equal([second], await SearchAsync(a, new Body("kumquat")));
        Assert.Empty(await SearchAsync(await User.CreateAsync("c"), new Body("kumquat")));
        Assert.Equal([second], await SearchAsync(a, new Not(new Body("kumquats"))));
    }

    [Fact]
    public virtual async Task What_is_expunged_is_not_found_and_the_rest_is()
    {
        var box = await InboxAsync();
        var uids = new List<Uid>();
        for (var i = 0; i < 6; i++)
        {
            if (i == 3)
                await Fixture.IndexAsync(Token);
            uids.Add(await box.AppendAsync(Mail.Of($"Number {i}", "kumquat")));
        }

        await box.DiscardAsync(uids[0], uids[2], uids[5]);

        Assert.Equal([uids[1], uids[3], uids[4]], await SearchAsync(box, new Body("kumquat")));
        Assert.Equal([uids[3]], await SearchAsync(box, new Header("Subject", "number 3")));
        uids.Add(await box.AppendAsync(Mail.Of("Number 6", "kumquat")));
        Assert.Equal([uids[1], uids[3], uids[4], uids[6]], await SearchAsync(box, new Text("kumquat")));
    }

    [Fact]
    public virtual async Task Another_users_mail_is_not_found()
    {
        var name = Fixture.NextUsername();
        await Fixture.Users.AddUserAsync(name, Password, Token);
        var other = await (await Fixture.Users.OpenUserAsync(name, Token)).OpenAsync("INBOX");
        await other.AppendAsync(Mail.Of("kumquat", "kumquat"));
        await Fixture.IndexAsync(Token);
        await other.AppendAsync(Mail.Of("kumquat", "kumquat"));
        var box = await InboxAsync();
        Assert.Empty(await SearchAsync(box, new Text("kumquat")));
        var uid = await box.AppendAsync(Mail.Of("kumquat", "kumquat"));

        Assert.Equal([uid], await SearchAsync(box, new Body("kumquat")));
        await Fixture.Users.RemoveUserAsync(name, Token);
        Assert.Equal([uid], await SearchAsync(box, new Body("kumquat")));
        Assert.Empty(await SearchAsync(box, new Not(new Header("Subject", "kumquat"))));
    }

    /// <summary>Whatever commits in between, a search finds what was appended before it began.</summary>
    [Fact]
    public virtual async Task Nothing_escapes_a_search_while_the_index_is_filled()
    {
        const int Count = 120;
        var (box, elsewhere) = (await InboxAsync(), await OpenElsewhereAsync("INBOX"));
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var appended = 0;
        var filling = Task.Run(
            async () =>
            {
                while (!done.IsCancellationRequested)
                    await Fixture.IndexAsync(Token);
            },
            Token);
        var appending = Task.Run(
            async () =>
            {
                for (var i = 0; i < Count; i++)
                {
                    await elsewhere.AppendAsync(Mail.Of(i % 3 == 0 ? "quince" : "other", "kumquat"));
                    Interlocked.Increment(ref appended);
                }
            },
            Token);
        while (!appending.IsCompleted)
        {
            var before = Volatile.Read(ref appended);
            Assert.InRange((await box.SearchAsync(new Body("kumquat"))).Length, before, Count);
            Assert.Empty(await box.SearchAsync(new Not(new Text("kumquat"))));
            before = Volatile.Read(ref appended);
            Assert.InRange((await box.SearchAsync(new Or(new Header("Subject", "quince"), new Not(new Body("kumquat"))))).Length, (before + 2) / 3, Count / 3);
        }

        await appending;
        await done.CancelAsync();
        await filling;
        Assert.Equal(Count, (await box.SearchAsync(new Body("kumquat"))).Length);
    }

    /// <summary>Random keys, by the words of SearchKey, with the index at a random place.</summary>
    [Fact]
    public virtual async Task Random_keys_find_what_they_say_wherever_the_index_is()
    {
        var boxes = new List<(IMailbox Box, SearchModelMessage[] Messages)>();
        for (var indexed = 0; indexed <= 12; indexed += 3)
        {
            var box = await User.CreateAsync($"indexed {indexed}");
            boxes.Add((box, await SearchModel.FillAsync(box, Fixture.Clock, async i =>
            {
                if (i == indexed)
                    await Fixture.IndexAsync(Token);
            })));
        }

        await Gen.Select(Gen.Int[0, boxes.Count - 1], SearchModel.AnyKey).SampleAsync(
            async (at, key) => Assert.Equal(SearchModel.Find(boxes[at].Messages, key, Fixture.Clock.Now), await boxes[at].Box.SearchAsync(key)),
            iter: TestLength.Seconds > 0 ? -1 : 150,
            time: TestLength.Seconds > 0 ? TestLength.Seconds : -1,
            threads: 1,
            print: static each => $"{each.Item1}: {SearchModel.Print(each.Item2)}");
    }

    static async Task FillAsync(IMailbox box, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var header = $"Subject: {(i % 2 == 0 ? "Quince" : "Plum")}\r\nFrom: {(i % 3 == 0 ? "kumquat" : "plum")}@example.org\r\nTo: {(i % 4 == 1 ? "Kumquat" : "Me")} <me@example.org>\r\nCc: {(i % 4 == 2 ? "kumquat" : "you")}@example.org\r\n"
                + (i % 4 == 3 ? "X-Kumquat: very ripe\r\n" : "X-Ripe: kumquat\r\n") + "Content-Type: text/plain";
            await box.AppendAsync(Mail.With(header, (i & 4) == 0 ? "one KUMQUAT" : "no such fruit"), i % 5 == 0 ? [Flag.Seen] : []);
        }
    }

    static async Task<List<string>> AnswersAsync(IMailbox box)
    {
        var answers = new List<string>();
        foreach (var key in Keys)
            answers.Add(string.Join(' ', await box.SearchAsync(key)));
        return answers;
    }
}
