namespace Backend.Specification.Tests.Models;

/// <summary>A store and the sessions of one user of it: the reference, or the one that has to agree with it.</summary>
sealed class Side
{
    static readonly FetchItems Everything = new()
    {
        Attributes = FetchAttributes.Flags | FetchAttributes.InternalDate | FetchAttributes.Size | FetchAttributes.ModSeq | FetchAttributes.Envelope | FetchAttributes.BodyStructure,
        Sections = [new SectionItem(Section.Whole)],
    };

    readonly Dictionary<MailboxName, UidValidity> validities = [];
    readonly Func<Task> forget;
    readonly List<Session> sessions = [];

    Side(AnswerText text, Func<Task> forget) => (Text, this.forget) = (text, forget);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public AnswerText Text { get; }

    /// <summary>Whether the sessions act one after the other, so that an act may look at the store more than once.</summary>
    public bool IsInTurn { get; set; } = true;

    /// <summary>Adds a user and opens it several times, each with a handle on INBOX.</summary>
    public static async Task<Side> StartAsync(IUserDirectory users, string username, int sessions, AnswerText text, Func<Task> forget)
    {
        var side = new Side(text, forget);
        await users.AddUserAsync(username, "secret", Token);
        for (var i = 0; i < sessions; i++)
        {
            var user = await users.OpenUserAsync(username, Token);
            side.sessions.Add(new Session(side, user, await user.GetMailboxAsync(MailboxName.Inbox, Token)));
        }

        return side;
    }

    public async Task<Answer> RunAsync(SessionStep step)
    {
        try
        {
            return await step.Act.RunAsync(sessions[step.Session]);
        }
        catch (BackendException refusal)
        {
            return new Answer($"refused: {refusal.Error}");
        }
        catch (Exception unexpected) when (!Token.IsCancellationRequested)
        {
            return new Answer($"threw {unexpected}");
        }
    }

    /// <summary>How the UIDVALIDITY of a name stands to the one it was last seen with.</summary>
    public string Compare(MailboxStatus status)
    {
        var validity = status.UidValidity!.Value;
        var comparison = !validities.TryGetValue(status.Name, out var before) ? "new" : validity == before ? "the same" : validity.Value > before.Value ? "higher" : "lower";
        validities[status.Name] = validity;
        return comparison;
    }

    public Task ForgetAsync() => forget();

    /// <summary>All that the user has, through new handles, and what every session hears of it.</summary>
    public async Task<string> TellAllAsync()
    {
        var text = new StringBuilder();
        var session = sessions[0];
        foreach (var subscribed in new[] { false, true })
            text.AppendLine((await session.ListAsync(subscribed)).Text);
        for (var i = 0; i < sessions.Count; i++)
            text.AppendLine(CultureInfo.InvariantCulture, $"poll {(await RunAsync(new SessionStep(i, new Act.Poll(0)))).Text}");
        foreach (var info in await session.User.ListMailboxesAsync(false, Token))
        {
            if (!info.IsSelectable)
                continue;
            await session.OpenAsync(info.Name);
            text.AppendLine((await session.StatusAsync()).Text);
            text.AppendLine((await session.FetchAsync(SequenceSet.All, Everything)).Text);
        }

        return text.ToString();
    }
}
