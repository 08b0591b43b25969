namespace Backend.Specification.Tests.Mailboxes;

/// <summary>
/// A name, a UIDVALIDITY and a UID never name two messages, and the UIDVALIDITY of a name never falls, whatever is deleted, renamed and
/// created again. RFC 9051 §2.3.1.1, §6.3.4-6.3.6; RFC 3501 §2.3.1.1, §6.3.3-6.3.5.
/// </summary>
public abstract class UidHistorySpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    /// <summary>Every script is one life of a few names: create, delete, rename, append, expunge, move, copy, in the words of <see cref="UidHistoryScript"/>.</summary>
    [Theory]
    [InlineData("create a; append a 3; delete a; create a; append a 3")]
    [InlineData("create a; append a 3; delete a; create a; delete a; create a; append a 3")]
    [InlineData("create a; rename a b; create a; append a 1; delete a; create a; append a 1")]
    [InlineData("create a; append a 3; expunge a; delete a; create a; append a 1")]
    [InlineData("create a; append a 3; expunge a; append a 1; expunge a; append a 1")]
    [InlineData("create a; append a 3; rename a b; create a; append a 3")]
    [InlineData("create a; append a 3; rename a b; create a; append a 5; append b 5")]
    [InlineData("create a; append a 3; delete a; create b; append b 1; rename b a; append a 5")]
    [InlineData("create a; append a 5; rename a b; create c; append c 1; rename c a; append a 3")]
    [InlineData("create a; append a 5; rename a b; append b 2; rename b a; append a 2")]
    [InlineData("create a; append a 5; rename a b; delete b; create b; append b 2; create a; append a 2")]
    [InlineData("create a; append a 5; rename a b; create a; append a 2; delete b; rename a b; append b 4")]
    [InlineData("create a; append a 2; create b; append b 4; rename a t; rename b a; rename t b; append a 3; append b 3")]
    [InlineData("create a; append a 2; create b; append b 4; rename a t; rename b a; rename t b; create t; append t 5")]
    [InlineData("create a; append a 9; delete a; create b; append b 1; rename b a; rename a b; append b 9; create a; append a 9")]
    [InlineData("create a/b; append a/b 3; append a 3; delete a; create a; append a 3")]
    [InlineData("create a/b; append a/b 3; append a 3; delete a/b; delete a; create a/b; append a 3; append a/b 3")]
    [InlineData("create a/b; append a/b 3; append a 3; rename a c; create a/b; append a 3; append a/b 3; append c/b 3")]
    [InlineData("create a/b; append a/b 3; rename a c; create x/b; append x/b 1; rename x a; append a/b 3")]
    [InlineData("create a/b; append a 3; delete a; rename a c; create a; append a 3; create c; append c 3")]
    [InlineData("create a; append a 3; delete a; create a/b; append a 3")]
    [InlineData("create a; append a 3; delete a; create b; append b 1; rename b a/c; append a 3")]
    [InlineData("append INBOX 3; rename INBOX a; append INBOX 3; append a 3")]
    [InlineData("append INBOX 3; rename INBOX a; append INBOX 2; rename INBOX b; append INBOX 2; append b 2")]
    [InlineData("append INBOX 3; rename INBOX a; delete a; append INBOX 2; rename INBOX a; append a 2; append INBOX 2")]
    [InlineData("create a; append a 5; delete a; append INBOX 2; rename INBOX a; append a 5; append INBOX 5")]
    [InlineData("create a; append a 5; rename a b; append INBOX 2; rename INBOX a; rename a c; create a; append a 8")]
    [InlineData("append INBOX 3; expunge INBOX; append INBOX 1; rename INBOX a; append INBOX 1")]
    [InlineData("create a; create b; append a 3; move a b; append a 1; delete b; create b; move a b")]
    [InlineData("create a; create b; append a 3; copy a b; delete b; create b; copy a b; append b 1")]
    [InlineData("create a; append a 3; move a a; delete a; create a; append a 3")]
    [InlineData("create a; append a 3; again; delete a; again; create a; again; append a 3")]
    [InlineData("create a; append a 3; rename a b; again; create a; append a 3; wait; delete a; wait; create a; append a 3")]
    [InlineData("create A; append A 3; create a; append a 1; delete A; rename a A; append A 3")]
    public virtual async Task No_message_takes_the_place_of_another(string script)
    {
        var life = new UidHistoryScript(Fixture, User, Username, Password);

        foreach (var step in script.Split("; "))
            await life.RunAsync(step);
    }

    /// <summary>
    /// A walk that takes every pair of steps (every triple when there is time) on two names and INBOX, with a message into
    /// everything that is there after each: a de Bruijn sequence of the steps.
    /// </summary>
    [Fact]
    public virtual async Task No_order_of_steps_reuses_an_identity()
    {
        string[] steps = ["create a", "create b", "delete a", "delete b", "rename a b", "rename b a", "rename INBOX a", "expunge a"];
        var life = new UidHistoryScript(Fixture, User, Username, Password);

        foreach (var step in DeBruijn(steps.Length, TestLength.Seconds > 0 ? 3 : 2))
        {
            await life.TryAsync(steps[step]);
            foreach (var name in await User.NamesAsync())
                await life.RunAsync($"append {name} 1");
        }
    }

    [Fact]
    public virtual async Task Uidnext_is_above_every_uid_of_the_name_after_it_was_made_again()
    {
        var box = await User.CreateAsync("a");
        var uids = await box.AppendManyAsync(5);
        var before = await box.StatusAsync();
        await box.DiscardAsync(uids);
        await User.DeleteAsync("a");

        var after = await (await User.CreateAsync("a")).StatusAsync();

        Assert.True(after.UidValidity!.Value.Value >= before.UidValidity!.Value.Value);
        Assert.True(after.UidValidity != before.UidValidity || after.UidNext >= before.UidNext, $"UIDNEXT was {before.UidNext} and is {after.UidNext}");
    }

    /// <summary>Duval's algorithm, by concatenating Lyndon words.</summary>
    static List<int> DeBruijn(int symbols, int length)
    {
        var word = new int[length + 1];
        var sequence = new List<int>();
        Extend(1, 1);
        return sequence;

        void Extend(int t, int p)
        {
            if (t > length)
            {
                if (length % p == 0)
                    sequence.AddRange(word[1..(p + 1)]);
                return;
            }

            word[t] = word[t - p];
            Extend(t + 1, p);
            for (var symbol = word[t - p] + 1; symbol < symbols; symbol++)
            {
                word[t] = symbol;
                Extend(t + 1, t);
            }
        }
    }
}
