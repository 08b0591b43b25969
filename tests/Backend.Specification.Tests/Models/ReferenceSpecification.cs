using Backend.Memory;
using CsCheck;

namespace Backend.Specification.Tests.Models;

/// <summary>
/// Whatever sessions do, a store answers what the reference (<see cref="MemoryBackend"/>) answers, or refuses for the same reason, and has the same in the end.
/// UIDs are compared as they are, since both give them out one by one; UIDVALIDITYs and modification sequences by their order. Short unless
/// MAILSTORE_TEST_LONG says for how many seconds; a failure prints the shortest sequence found and the seed to run it again (<c>CsCheck_Seed</c>).
/// </summary>
public abstract class ReferenceSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    /// <summary>How often steps at once are tried: what went wrong once need not go wrong again.</summary>
    const int Tries = 10;

    static readonly DateTimeOffset Start = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public virtual Task One_session_agrees_with_the_reference() => AgreeAsync(1);

    [Fact]
    public virtual Task Several_sessions_agree_with_the_reference() => AgreeAsync(3);

    /// <summary>Several do different things at the same time; what comes of it must be what could have come of it one after the other.</summary>
    [Fact]
    public virtual Task Sessions_at_once_agree_with_some_order_in_the_reference() => CheckAsync(
        ActGen.StepsThenAtOnce(3).Select(static steps => (TimedStep[])[.. steps.InTurn.Select(static step => new TimedStep(step, false)), .. steps.AtOnce.Select(static step => new TimedStep(step, true))]),
        steps => AtOnceFailureAsync(steps, 1),
        steps => AtOnceFailureAsync(steps, Tries));

    Task AgreeAsync(int sessions) => CheckAsync(ActGen.Steps(sessions).Array[1, 60], FailureAsync, FailureAsync);

    static async Task CheckAsync<T>(Gen<T[]> steps, Func<T[], Task<string?>> failureOf, Func<T[], Task<string?>> failureOfShorter)
    {
        T[]? failed = null;
        var failure = "";
        try
        {
            await steps.SampleAsync(
                async each =>
                {
                    if (await failureOf(each) is not { } found)
                        return;
                    (failed, failure) = (each, found);
                    Assert.Fail(found);
                },
                Print,
                iter: TestLength.Seconds > 0 ? -1 : 20,
                time: TestLength.Seconds > 0 ? TestLength.Seconds : -1,
                threads: 1,
                print: static each => $"{each.Length} steps");
        }
        catch (CsCheckException seed) when (failed is not null)
        {
            Assert.Fail($"{await Shortening.ShortenAsync(failed, failure, failureOfShorter)}\n{seed.Message}");
        }
    }

    Task<string?> FailureAsync(SessionStep[] steps) => WithFreshUserAsync(steps, new AnswerText(withRecent: true), async (reference, store) =>
        await new Lockstep(await reference(), store).RunAsync(steps, Fixture.Clock.Advance));

    async Task<string?> AtOnceFailureAsync(TimedStep[] steps, int tries)
    {
        string? failure = null;
        var (inTurn, atOnce) = (Of(false), Of(true));
        for (var i = 0; i < tries && failure is null; i++)
            failure = await WithFreshUserAsync([.. inTurn, .. atOnce], new AnswerText(withRecent: false), (reference, store) => new AtOnce(inTurn, atOnce, reference).RunAsync(store));
        return failure;

        SessionStep[] Of(bool now) => [.. steps.Where(step => step.AtOnce == now).Select(static step => step.What)];
    }

    /// <summary>Runs something with a fresh user on the reference, as often as it is asked for, and on the store, which must be sound then.</summary>
    async Task<string?> WithFreshUserAsync(SessionStep[] steps, AnswerText text, Func<Func<Task<Side>>, Side, Task<string?>> run)
    {
        // UIDVALIDITYs are made of the time and end in the year 2106: where many sequences let time pass, each starts at the same.
        Fixture.Clock.Now = Start;
        var name = Fixture.NextUsername();
        var sessions = steps.Length == 0 ? 1 : steps.Max(static step => step.Session) + 1;
        var store = await Side.StartAsync(Fixture.Users, name, sessions, text, async () => await Fixture.ForgetChangesAsync(Token));
        var failure = await run(() => Side.StartAsync(new MemoryBackend(Fixture.Clock), name, sessions, text, static () => Task.CompletedTask), store);
        var faults = await Fixture.CheckInvariantsAsync(Token);
        await Fixture.Users.RemoveUserAsync(name, Token);
        return failure ?? (faults.Count > 0 ? $"After\n  {string.Join("\n  ", steps)}\nthe store is not sound:\n  {string.Join("\n  ", faults)}" : null);
    }

    static void Print(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

    readonly record struct TimedStep(SessionStep What, bool AtOnce);
}
