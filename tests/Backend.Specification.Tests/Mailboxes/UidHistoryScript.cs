namespace Backend.Specification.Tests.Mailboxes;

/// <summary>
/// Runs the steps of a test of UID history and watches, after each, every message that is there: which message a name, a UIDVALIDITY
/// and a UID named once, they must name for ever.
/// </summary>
sealed class UidHistoryScript(BackendFixture fixture, IUser user, string username, string password)
{
    readonly Dictionary<(string Name, UidValidity Validity, Uid Uid), string> identities = [];
    readonly Dictionary<string, (UidValidity Validity, Uid Next)> latest = [];
    readonly List<string> steps = [];
    IUser user = user;
    int messages;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// One step: <c>create NAME</c>, <c>delete NAME</c>, <c>rename NAME NAME</c>, <c>append NAME COUNT</c>, <c>expunge NAME</c> (all of it),
    /// <c>move NAME NAME</c> and <c>copy NAME NAME</c> (all of it), <c>again</c> (the store is opened anew), <c>wait</c> (a day passes).
    /// </summary>
    public async Task RunAsync(string step)
    {
        steps.Add(step);
        await (step.Split(' ') switch
        {
            ["create", var name] => user.CreateAsync(name),
            ["delete", var name] => user.DeleteAsync(name),
            ["rename", var name, var newName] => user.RenameAsync(name, newName),
            ["append", var name, var count] => AppendAsync(name, int.Parse(count, CultureInfo.InvariantCulture)),
            ["expunge", var name] => ExpungeAsync(name),
            ["move", var name, var destination] => MoveAsync(name, destination),
            ["copy", var name, var destination] => CopyAsync(name, destination),
            ["again"] => OpenAgainAsync(),
            ["wait"] => WaitAsync(),
            _ => throw new FormatException($"\"{step}\" is no step."),
        });
        await WatchAsync();
    }

    /// <summary>As <see cref="RunAsync"/>, but a refusal is all right.</summary>
    public async Task TryAsync(string step)
    {
        try
        {
            await RunAsync(step);
        }
        catch (BackendException refusal) when (refusal.Error is BackendError.NoSuchMailbox or BackendError.MailboxAlreadyExists)
        {
            steps[^1] += " (refused)";
        }
    }

    async Task AppendAsync(string name, int count)
    {
        var mailbox = await user.OpenAsync(name);
        for (var i = 0; i < count; i++)
            await mailbox.AppendAsync($"Message {++messages}");
    }

    async Task ExpungeAsync(string name)
    {
        var mailbox = await user.OpenAsync(name);
        await mailbox.StoreAsync(UidSet.All, FlagsOperation.Add, Flag.Deleted);
        await mailbox.ExpungeAsync();
    }

    async Task MoveAsync(string name, string destination) => await (await user.OpenAsync(name)).MoveAsync(UidSet.All, destination);

    async Task CopyAsync(string name, string destination) => await (await user.OpenAsync(name)).CopyAsync(UidSet.All, destination);

    async Task OpenAgainAsync()
    {
        if (await fixture.OpenAgainAsync(Token) is { } backend)
            user = await backend.LoginAsync(username, password, Token);
    }

    Task WaitAsync()
    {
        fixture.Clock.Advance(TimeSpan.FromDays(1));
        return Task.CompletedTask;
    }

    async Task WatchAsync()
    {
        foreach (var info in await user.ListMailboxesAsync(false, Token))
        {
            if (!info.IsSelectable)
                continue;
            var name = info.Name.Value;
            var mailbox = await user.OpenAsync(name);
            var status = await mailbox.GetStatusAsync(StatusItems.UidNext | StatusItems.UidValidity, Token);
            var (validity, next) = (status.UidValidity!.Value, status.UidNext!.Value);
            if (latest.TryGetValue(name, out var before))
                Assert.True(
                    validity.Value > before.Validity.Value || (validity == before.Validity && next >= before.Next),
                    $"{name} had UIDVALIDITY {before.Validity} UIDNEXT {before.Next} and has {validity}, {next} after: {string.Join("; ", steps)}");
            latest[name] = (validity, next);
            foreach (var message in await mailbox.ListAsync(UidSet.All, FetchItems.WholeBody))
                Watch((name, validity, message.Uid), Encoding.UTF8.GetString(message.Octets[0]!), next);
        }
    }

    void Watch((string Name, UidValidity Validity, Uid Uid) identity, string content, Uid next)
    {
        Assert.True(identity.Uid < next, $"{identity} is not below UIDNEXT {next} after: {string.Join("; ", steps)}");
        Assert.True(
            !identities.TryGetValue(identity, out var known) || known == content,
            $"{identity} was one message and is another after: {string.Join("; ", steps)}");
        identities[identity] = content;
    }
}
