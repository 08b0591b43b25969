using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Backend.Mime.Threading;

namespace Backend.Mime.Tests;

/// <summary>RFC 5256 §3 (THREAD).</summary>
public sealed class ThreadBuilderTests
{
    // A message is "id:references:subject" here; it was sent so many seconds after the first, and the subject is a reply's where it begins with "Re ".

    [Theory]
    [InlineData("")]
    // Chains, and siblings by date.
    [InlineData("(1)", "a")]
    [InlineData("(1 2 3)", "a", "b:a", "c:a,b")]
    [InlineData("(1 (2)(3))", "a", "b:a", "c:a")]
    [InlineData("(1 2 (3)(4 5))", "a", "b:a", "c:b", "d:b", "e:d")]
    [InlineData("(1)(2)", "a", "b")]
    // The reply stands before what it answers.
    [InlineData("(2 1)", "b:a", "a")]
    [InlineData("(3 2 1)", "c:b", "b:a", "a")]
    // (1)(A): what is not there is a link all the same, and its children are siblings. (3)
    [InlineData("(1 2)", "a", "c:a,b")]
    [InlineData("((1)(2))", "b:a", "c:a")]
    [InlineData("(1)", "b:a")]
    [InlineData("((1)(2)(3))", "x:a,b", "y:a,c", "z:a")]
    [InlineData("(1 (2)(3))", "a", "x:a,b", "y:a,b")]
    [InlineData("((1)(2))", "x:a,b", "y:a,b")]
    // One child of what is not there stands for it.
    [InlineData("(1)(2)", "x:a,b", "y:c,d")]
    [InlineData("(1 2)", "x:a", "y:x")]
    // A link that is there stays, unless the message itself says better.
    [InlineData("(1 2 3)", "a", "b:a", "c:b")]
    [InlineData("(1 2 3)", "a", "b", "c:a,b")]
    [InlineData("(2 1)(3)", "c:a,b", "b", "a")]
    // (1)(B) breaks a link that a truncated field made.
    [InlineData("(1 3 2)", "a", "d:a,b,c", "c:a")]
    // Loops.
    [InlineData("(1)", "a:a")]
    [InlineData("(2 1)", "a:b", "b:a")]
    [InlineData("(3 2 1)", "a:b", "b:c", "c:a")]
    [InlineData("(1)", "a:x,y,x,y")]
    // Ids that several messages have: the first has it.
    [InlineData("(1 3)(2)", "a", "a", "b:a")]
    [InlineData("(1 (2)(3))", "a", "b:a", "b:a")]
    [InlineData("(1)(2)", "", "")]
    [InlineData("(1)(2)", "", ":x")]
    public void References_make_threads(string expected, params string[] messages) => Assert.Equal(expected, Thread(ThreadAlgorithm.References, messages));

    [Theory]
    // (5): one subject is one thread, and a reply stands below what it answers.
    [InlineData("(1 2)", "a::s", "b::Re s")]
    [InlineData("(2 1)", "a::Re s", "b::s")]
    [InlineData("(1 (2)(3))", "a::s", "b::Re s", "c::Re s")]
    [InlineData("((1)(2))", "a::s", "b::s")]
    [InlineData("((1)(2))", "a::Re s", "b::Re s")]
    [InlineData("((1)(2)(3))", "a::s", "b::s", "c::s")]
    [InlineData("((1)(2)(3))", "a::s", "b::s", "c::Re s")]
    [InlineData("(2 (1)(3))", "a::Re s", "b::s", "c::Re s")]
    [InlineData("((1 2)(3 4))", "a::s", "b:a:x", "c::s", "d:c:y")]
    [InlineData("(1 (2)(3 4))", "a::s", "b:a:x", "c::Re s", "d:c:y")]
    // Messages without a subject stay apart, and those below a head keep theirs.
    [InlineData("(1)(2)", "a::", "b::")]
    [InlineData("(1 2)(3)", "a::", "b:a:s", "c::s")]
    // What stands for a missing message has the subject of its first child.
    [InlineData("((1)(2)(3))", "a:x:s", "b:x:t", "c::s")]
    [InlineData("((1)(2))(3)", "a:x:s", "b:x:t", "c::t")]
    [InlineData("((1)(2)(3))", "c::s", "a:x:s", "b:x:t")]
    [InlineData("((1)(2)(3)(4))", "a:x:s", "b:x:t", "c:y:s", "d:y:u")]
    public void Threads_of_one_subject_are_gathered(string expected, params string[] messages) => Assert.Equal(expected, Thread(ThreadAlgorithm.References, messages));

    [Theory]
    [InlineData("(1)(2)", "a::s", "b::t")]
    [InlineData("(1 2)(3)", "a::s", "b::Re s", "c::t")]
    [InlineData("(1 (2)(4))(3)", "a::s", "b::s", "c:a:t", "d::s")]
    // The empty subject is one too.
    [InlineData("(1 3)(2)", "a::", "b::s", "c::")]
    public void Subjects_alone_make_threads(string expected, params string[] messages) => Assert.Equal(expected, Thread(ThreadAlgorithm.OrderedSubject, messages));

    [Theory]
    [InlineData(ThreadAlgorithm.OrderedSubject, "(4 (3)(2))(1)(5)")]
    [InlineData(ThreadAlgorithm.References, "(4 (3)(2))(1)(5)")]
    public void Threads_and_siblings_are_by_date_and_those_of_one_date_as_they_stand_in_the_mailbox(ThreadAlgorithm algorithm, string expected)
    {
        var builder = ThreadBuilder.Create(algorithm);
        foreach (var (uid, date, subject) in new (uint, long, string)[] { (1, 50, "x"), (2, 40, "s"), (3, 30, "s"), (4, 20, "s"), (5, 50, "y") })
            builder.Add(new ThreadCandidate(new Uid(uid), date, subject, uid != 4, uid, []));

        Assert.Equal(expected, Text(builder.Build()));
    }

    /// <summary>Random mail, threaded by a model that does what RFC 5256 says with objects, loops and recursion.</summary>
    [Fact]
    public void Any_mail_is_threaded_as_the_model_does_it()
    {
        var random = new Random(5256);
        for (var round = 0; round < 3000; round++)
        {
            var count = random.Next(1, 14);
            var ids = random.Next(2, 18);
            var candidates = Enumerable.Range(1, count).Select(uid => new ThreadCandidate(
                new Uid((uint)uid),
                random.Next(6),
                random.Next(3) switch { 0 => "", 1 => "s", _ => "t" },
                random.Next(2) == 0,
                random.Next(5) == 0 ? null : random.Next(ids),
                [.. Enumerable.Range(0, random.Next(4)).Select(_ => (long)random.Next(ids))])).ToList();
            var builder = ThreadBuilder.Create(ThreadAlgorithm.References);
            candidates.ForEach(builder.Add);

            Assert.Equal(ThreadModel.Thread(candidates), Text(builder.Build()));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_thread_as_deep_as_a_mailbox_is_soon_built(bool backwards)
    {
        const int Count = 100_000;
        var start = Stopwatch.GetTimestamp();
        var builder = ThreadBuilder.Create(ThreadAlgorithm.References);
        for (var i = 1; i <= Count; i++)
        {
            var number = backwards ? Count - i + 1 : i;
            builder.Add(new ThreadCandidate(new Uid((uint)i), number, "", false, number, number == 1 ? [] : [number - 1]));
        }

        var members = builder.Build();

        Assert.Equal(Enumerable.Range(0, Count), members.Select(static member => member.Depth));
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20));
    }

    /// <summary>Messages that are moved about at the end of a long chain: to look for loops step by step would take 10^9 steps.</summary>
    [Fact]
    public void Links_that_are_made_and_broken_in_a_deep_thread_cost_little()
    {
        const int Count = 50_000;
        var start = Stopwatch.GetTimestamp();
        var builder = ThreadBuilder.Create(ThreadAlgorithm.References);
        var uid = 0u;
        for (var i = 1; i <= Count; i++)
            builder.Add(new ThreadCandidate(new Uid(++uid), i, "", false, null, [i, i + 1]));
        // Each names the end of the chain its parent, and is above that.
        for (var i = 1; i <= Count; i++)
            builder.Add(new ThreadCandidate(new Uid(++uid), i, "", false, i, [Count + 1]));

        Assert.True(builder.Build().Length >= 2 * Count);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20));
    }

    static string Thread(ThreadAlgorithm algorithm, string[] messages)
    {
        var builder = ThreadBuilder.Create(algorithm);
        var uid = 0u;
        foreach (var message in messages)
        {
            var parts = message.Split(':');
            var (references, subject) = (parts.ElementAtOrDefault(1) ?? "", parts.ElementAtOrDefault(2) ?? "");
            var isReply = subject.StartsWith("Re ", StringComparison.Ordinal);
            builder.Add(new ThreadCandidate(
                new Uid(++uid),
                uid,
                isReply ? subject[3..] : subject,
                isReply,
                parts[0].Length == 0 ? null : parts[0][0],
                [.. references.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static id => (long)id[0])]));
        }

        return Text(builder.Build());
    }

    /// <summary>As the grammar writes it. RFC 5256 §5 (thread-list).</summary>
    static string Text(ImmutableArray<ThreadMember> members)
    {
        var text = new StringBuilder();
        var position = 0;
        while (position < members.Length)
            WriteList(0);
        return text.ToString();

        void WriteList(int depth)
        {
            text.Append('(');
            WriteMember(depth);
            text.Append(')');
        }

        void WriteMember(int depth)
        {
            var member = members[position++];
            Assert.Equal(depth, member.Depth);
            text.Append(member.Uid);
            var children = 0;
            for (var i = position; i < members.Length && members[i].Depth > depth; i++)
                children += members[i].Depth == depth + 1 ? 1 : 0;
            Assert.True(member.Uid is not null || (depth == 0 && children > 1));
            text.Append(children > 0 && member.Uid is not null ? " " : "");
            if (children == 1)
                WriteMember(depth + 1);
            for (var i = 0; children > 1 && i < children; i++)
                WriteList(depth + 1);
        }
    }
}
