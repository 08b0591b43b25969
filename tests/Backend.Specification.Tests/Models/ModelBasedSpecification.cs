using CsCheck;

namespace Backend.Specification.Tests.Models;

/// <summary>
/// Random sessions on a store and on a model of a few lines must agree after every step. Short unless MAILSTORE_TEST_LONG says how many
/// seconds; a failure prints the shortest session found and the seed to run it again (<c>CsCheck_Seed</c>).
/// </summary>
public abstract class ModelBasedSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    static readonly Gen<StepKind> AnyKind = Gen.Frequency(
        (3, StepKind.Create), (3, StepKind.Delete), (4, StepKind.Rename), (1, StepKind.Subscribe), (1, StepKind.Unsubscribe),
        (5, StepKind.Append), (3, StepKind.Store), (2, StepKind.Copy), (2, StepKind.Move), (2, StepKind.Expunge));

    // Few names often: what goes wrong with names needs several steps on the same.
    static readonly Gen<string> AnyName = Gen.Frequency((8, "a"), (8, "b"), (5, "INBOX"), (2, "a/b"), (2, "b/c"), (1, "a/b/c"), (1, "A"));

    static readonly Gen<Step> AnyStep = Gen.Select(
        AnyKind, AnyName, AnyName, Gen.Byte, Gen.Byte, static (kind, name, other, messages, flags) => new Step(kind, name, other, messages, flags));

    [Fact]
    public virtual Task Random_sessions_agree_with_the_model() => AnyStep.Array[1, 40].SampleAsync(
        async steps =>
        {
            var (name, user) = await FreshUserAsync();
            var run = new ModelRun(user);
            foreach (var step in steps)
                await run.RunAsync(step);
            Assert.Empty(await Fixture.CheckInvariantsAsync(Token));
            await Fixture.Users.RemoveUserAsync(name, Token);
        },
        Print,
        iter: TestLength.Seconds > 0 ? -1 : 20,
        time: TestLength.Seconds > 0 ? TestLength.Seconds : -1,
        threads: 1,
        print: static steps => string.Join("; ", steps));

    [Fact]
    public virtual async Task Random_searches_agree_with_the_model()
    {
        var messages = await SearchModel.FillAsync(await InboxAsync(), Fixture.Clock);
        var box = await InboxAsync();

        await SearchModel.AnyKeyFor(messages).SampleAsync(
            async key => Assert.Equal(SearchModel.Find(messages, key, Fixture.Clock.Now), await box.SearchAsync(key)),
            Print,
            iter: TestLength.Seconds > 0 ? -1 : 300,
            time: TestLength.Seconds > 0 ? TestLength.Seconds : -1,
            threads: 1,
            print: SearchModel.Print);
    }

    static void Print(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

    async Task<(string Name, IUser User)> FreshUserAsync()
    {
        var name = Fixture.NextUsername();
        await Fixture.Users.AddUserAsync(name, Password, Token);
        return (name, await Fixture.Backend.LoginAsync(name, Password, Token));
    }
}
