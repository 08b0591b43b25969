namespace Backend.Specification.Tests.Mailboxes;

/// <summary>
/// Runs the steps of a test of UID history and watches the identity of every message after each.
/// </summary>
sealed class UidHistoryScript(BackendFixture fixture, IUser user, string username, string password)
{
    readonly IdentityWatch watch = new();
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

    Task WatchAsync() => watch.WatchAsync(user, string.Join("; ", steps));
}
