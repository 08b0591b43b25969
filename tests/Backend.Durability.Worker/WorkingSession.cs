namespace Backend.Durability.Worker;

/// <summary>
/// One session that does at random what changes a store. Before what cannot be undone it writes a line with a question mark, after each
/// operation that was acknowledged one without:
/// <c>append ID MAILBOX UIDVALIDITY UID</c>, <c>copy ID</c>, <c>expunge ID</c>, <c>rename FROM TO</c>; <c>refused TEXT</c> when the store did not.
/// </summary>
sealed class WorkingSession(IUserDirectory users, string username, string run, int number)
{
    static readonly MailboxName Shared = MailboxName.Parse("shared");

    // Not for secrets: which moment is hit is chance in any case.
    readonly Random random = new(HashCode.Combine(run, number));
    readonly Dictionary<string, (MailboxName Box, Uid Uid)> known = [];
    readonly MailboxName fixedBox = MailboxName.Parse($"s{number}/fixed");
    readonly MailboxName[] names = [MailboxName.Parse($"s{number}/one"), MailboxName.Parse($"s{number}/two")];
    IUser? user;
    int next;

    public async Task StepAsync()
    {
        try
        {
            user ??= await OpenAsync();
            await (random.Next(10) switch
            {
                < 5 => AppendAsync(user),
                5 => MoveAsync(user),
                6 => CopyAsync(user),
                7 => ExpungeAsync(user),
                8 => RenameAsync(user),
                _ => FlagAsync(user),
            });
        }
        catch (BackendException refusal)
        {
            Say($"refused {refusal.Error}: {refusal.Message}");
            // What became of it is unknown: nothing of before is worked on any more.
            known.Clear();
            user = null;
            await Task.Delay(50);
        }
        catch (Exception exception)
        {
            // Nothing else may come out of a store.
            Say($"broken {exception}".ReplaceLineEndings(" "));
            throw;
        }
    }

    async Task<IUser> OpenAsync()
    {
        var opened = await users.OpenUserAsync(username, CancellationToken.None);
        var there = (await opened.ListMailboxesAsync(false, CancellationToken.None)).Select(static info => info.Name).ToHashSet();
        foreach (var name in new[] { Shared, fixedBox }.Where(name => !there.Contains(name)))
            await CreateAsync(opened, name);
        if (!there.Contains(names[0]) && !there.Contains(names[1]))
            await CreateAsync(opened, names[0]);
        if (there.Contains(names[1]))
            Array.Reverse(names);
        return opened;
    }

    static async Task CreateAsync(IUser user, MailboxName name)
    {
        try
        {
            await user.CreateMailboxAsync(name, CreateOptions.Default, CancellationToken.None);
        }
        catch (BackendException refusal) when (refusal.Error == BackendError.MailboxAlreadyExists)
        {
            // Another session was quicker.
        }
    }

    async Task AppendAsync(IUser user)
    {
        var (id, box) = ($"{run}-{number}-{next++}", AnyBox());
        var mailbox = await user.GetMailboxAsync(box, CancellationToken.None);
        var appended = await mailbox.CreateMessageAsync(new MemoryStream(WorkerMail.Of(id)), AppendOptions.Default, CancellationToken.None);
        known[id] = (box, appended.Uid);
        Say($"append {id} {box} {appended.UidValidity.Value} {appended.Uid}");
    }

    async Task MoveAsync(IUser user)
    {
        if (Any() is not { } message)
            return;
        var (to, mailbox) = (AnyBox(), (IMoveMailbox)await user.GetMailboxAsync(message.Box, CancellationToken.None));
        known.Remove(message.Id);
        var moved = await mailbox.MoveMessagesAsync(UidSet.Of(message.Uid), to, CancellationToken.None);
        known[message.Id] = (to, moved.Copied.Destination.Enumerate().Single());
    }

    async Task CopyAsync(IUser user)
    {
        if (Any() is not { } message)
            return;
        Say($"copy? {message.Id}");
        await (await user.GetMailboxAsync(message.Box, CancellationToken.None)).CopyMessagesAsync(UidSet.Of(message.Uid), AnyBox(), CancellationToken.None);
        Say($"copy {message.Id}");
    }

    async Task ExpungeAsync(IUser user)
    {
        if (Any() is not { } message)
            return;
        var mailbox = await user.GetMailboxAsync(message.Box, CancellationToken.None);
        Say($"expunge? {message.Id}");
        known.Remove(message.Id);
        await mailbox.UpdateMessagesFlagsAsync(UidSet.Of(message.Uid), FlagsOperation.Add, FlagSet.Of(Flag.Deleted), CancellationToken.None);
        await mailbox.ExpungeAsync(UidSet.Of(message.Uid), CancellationToken.None);
        Say($"expunge {message.Id}");
    }

    async Task RenameAsync(IUser user)
    {
        Say($"rename? {names[0]} {names[1]}");
        await user.RenameMailboxAsync(names[0], names[1], CancellationToken.None);
        Say($"rename {names[0]} {names[1]}");
        foreach (var (id, at) in known.Where(message => message.Value.Box == names[0]).ToList())
            known[id] = (names[1], at.Uid);
        Array.Reverse(names);
    }

    async Task FlagAsync(IUser user)
    {
        if (Any() is not { } message)
            return;
        var mailbox = await user.GetMailboxAsync(message.Box, CancellationToken.None);
        await mailbox.UpdateMessagesFlagsAsync(UidSet.Of(message.Uid), FlagsOperation.Add, FlagSet.Of(Flag.Seen, Flag.Parse($"k{random.Next(20)}")), CancellationToken.None);
    }

    MailboxName AnyBox() => random.Next(3) switch
    {
        0 => Shared,
        1 => fixedBox,
        _ => names[0],
    };

    (string Id, MailboxName Box, Uid Uid)? Any()
    {
        if (known.Count == 0)
            return null;
        var (id, at) = known.ElementAt(random.Next(known.Count));
        return (id, at.Box, at.Uid);
    }

    static void Say(string line)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
