using Backend.Memory;
using Backend.Mime;
using Backend.Specification.Tests.Corpus;
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

    /// <summary>Whatever is searched in odd and malformed mail, the store finds what <see cref="CriteriaMatcher"/> finds in the message itself. RFC 9051 §6.4.4.</summary>
    [Fact]
    public virtual async Task Searches_in_odd_mail_agree_with_the_reference()
    {
        var mails = MailCorpus.ReadTorture().Where(static (_, i) => TestLength.Seconds > 0 || i % 7 == 0).Select(static mail => mail.Octets).ToList();
        Assert.SkipWhen(mails.Count == 0, "The corpus (../shared/corpus) is not there.");
        var reference = new MemoryBackend(Fixture.Clock);
        await reference.AddUserAsync(Username, Password, Token);
        var expected = await FillAsync(await reference.OpenUserAsync(Username, Token));
        var box = await FillAsync(User);
        var parsed = new List<ParsedMessage>();
        foreach (var mail in mails)
            parsed.Add(await MessageParser.ParseAsync(new MemoryStream(mail), Token));

        await new CorpusKeyGen(parsed).Any.SampleAsync(
            async key => Assert.Equal(await expected.SearchAsync(key), await box.SearchAsync(key)),
            Print,
            iter: TestLength.Seconds > 0 ? -1 : 150,
            time: TestLength.Seconds > 0 ? TestLength.Seconds : -1,
            threads: 1,
            print: SearchModel.Print);

        async Task<IMailbox> FillAsync(IUser user)
        {
            var filled = await user.OpenAsync("INBOX");
            for (var i = 0; i < mails.Count; i++)
            {
                // In the end a third waits for the index.
                if (i == mails.Count * 2 / 3)
                    await Fixture.IndexAsync(Token);
                await filled.AppendAsync(mails[i], [.. Flag.Settable.Where((_, bit) => (i & (1 << bit)) != 0)]);
            }

            return filled;
        }
    }

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
        var store = await Side.StartAsync(Fixture.Users, name, sessions, text, CleanUpAsync);
        var failure = await run(() => Side.StartAsync(new MemoryBackend(Fixture.Clock), name, sessions, text, static () => Task.CompletedTask), store);
        var faults = await Fixture.CheckInvariantsAsync(Token);
        await Fixture.Users.RemoveUserAsync(name, Token);
        return failure ?? (faults.Count > 0 ? $"After\n  {string.Join("\n  ", steps)}\nthe store is not sound:\n  {string.Join("\n  ", faults)}" : null);
    }

    /// <summary>What a store does behind its sessions' backs, and they must not notice.</summary>
    async Task CleanUpAsync()
    {
        await Fixture.ForgetChangesAsync(Token);
        await Fixture.IndexAsync(Token);
    }

    static void Print(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

    readonly record struct TimedStep(SessionStep What, bool AtOnce);
}
