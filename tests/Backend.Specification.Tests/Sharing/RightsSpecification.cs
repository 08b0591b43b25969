namespace Backend.Specification.Tests.Sharing;

/// <summary>Which rights each operation takes in somebody else's mailbox: RFC 4314 §4, line by line.</summary>
public abstract class RightsSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    const string All = "lrswipkxtea";

    static readonly Flag Keyword = Flag.Parse("$Work");

    IUser? bob;
    Uid first;

    IUser Bob => bob!;

    string Name => User.Shared("Shared");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        bob = await AddUserAsync();
        await User.CreateAsync("Parent");
        var mailbox = await User.CreateAsync("Shared");
        first = await mailbox.AppendAsync("One");
        await mailbox.AppendAsync("Two", Flag.Deleted);
        await (await Bob.OpenAsync("INBOX")).AppendAsync("Mine");
    }

    [Theory]
    [MemberData(nameof(RightsCases.All), MemberType = typeof(RightsCases))]
    public virtual async Task It_is_done_with_the_rights_that_it_takes_and_no_others(string operation, string needed)
    {
        await User.GrantAsync("Shared", Bob, needed);

        await DoAsync(operation);
    }

    [Theory]
    [MemberData(nameof(RightsCases.All), MemberType = typeof(RightsCases))]
    public virtual async Task It_is_done_with_the_rights_of_anyone(string operation, string needed)
    {
        await User.GrantAsync("Shared", AclEntry.Anyone, needed[..1]);
        await User.GrantAsync("Shared", Bob, needed[1..]);

        await DoAsync(operation);
    }

    /// <summary>RFC 4314 §6: who may not know of the mailbox is told that there is none.</summary>
    [Theory]
    [MemberData(nameof(RightsCases.All), MemberType = typeof(RightsCases))]
    public virtual async Task It_is_refused_without_one_of_them_and_changes_nothing(string operation, string needed)
    {
        foreach (var right in needed)
        {
            var others = All.Replace(right.ToString(), "", StringComparison.Ordinal);
            await User.GrantAsync("Shared", Bob, others);
            await RefusedWithoutAnyChangeAsync(right == 'l' ? BackendError.NoSuchMailbox : BackendError.NoPermission, () => DoAsync(operation));
            await User.GrantAsync("Shared", Bob, others.Replace("l", "", StringComparison.Ordinal));
            await RefusedWithoutAnyChangeAsync(BackendError.NoSuchMailbox, () => DoAsync(operation));
        }
    }

    /// <summary>A handle is no right: what was taken back is gone with the next operation.</summary>
    [Theory]
    [MemberData(nameof(RightsCases.All), MemberType = typeof(RightsCases))]
    public virtual async Task It_is_refused_to_who_has_had_the_rights(string operation, string needed)
    {
        await User.GrantAsync("Shared", Bob, All);
        var handle = await Bob.OpenAsync(Name);
        await handle.SelectAsync();
        await User.GrantAsync("Shared", Bob, All.Replace(needed[^1].ToString(), "", StringComparison.Ordinal));

        await RefusedWithoutAnyChangeAsync(needed[^1] == 'l' ? BackendError.NoSuchMailbox : BackendError.NoPermission, () => DoAsync(operation, handle));

        // Of a new name nobody who has no rights at all is told whether there is a mailbox above it.
        await User.GrantAsync("Shared", Bob, "");
        await RefusedWithoutAnyChangeAsync(operation == "create" ? BackendError.NoPermission : BackendError.NoSuchMailbox, () => DoAsync(operation, handle));
    }

    /// <summary>RFC 4314 §4 (STORE): it does what may be done, and fails only where that is nothing.</summary>
    [Fact]
    public virtual async Task Store_changes_the_flags_that_may_be_changed_and_leaves_the_others()
    {
        var owners = await User.OpenAsync("Shared");
        await owners.ReplaceAsync(first, Flag.Answered, Flag.Deleted, Keyword);
        await User.GrantAsync("Shared", Bob, "lrs");
        var bobs = await Bob.OpenAsync(Name);

        var stored = await bobs.ReplaceAsync(first, Flag.Seen, Flag.Flagged);
        Assert.Equal(FlagSet.Of(Flag.Answered, Flag.Deleted, Keyword, Flag.Seen), await owners.FlagsAsync(first));
        Assert.Equal(await owners.FlagsAsync(first), Assert.Single(stored.Changed).Flags.WithoutRecent());
        await bobs.ReplaceAsync(first);
        Assert.Equal(FlagSet.Of(Flag.Answered, Flag.Deleted, Keyword), await owners.FlagsAsync(first));
        await bobs.AddAsync(first, Flag.Flagged, Flag.Seen);
        Assert.Equal(FlagSet.Of(Flag.Answered, Flag.Deleted, Keyword, Flag.Seen), await owners.FlagsAsync(first));
        await bobs.RemoveAsync(first, Flag.Seen, Keyword, Flag.Deleted);
        Assert.Equal(FlagSet.Of(Flag.Answered, Flag.Deleted, Keyword), await owners.FlagsAsync(first));
        await RefusedAsync(BackendError.NoPermission, () => bobs.AddAsync(first, Flag.Flagged, Flag.Deleted, Keyword));
        await RefusedAsync(BackendError.NoPermission, () => bobs.RemoveAsync(first, Keyword));

        await User.GrantAsync("Shared", Bob, "lrw");
        await bobs.ReplaceAsync(first, Flag.Seen, Flag.Draft, Flag.Parse("$New"));
        Assert.Equal(FlagSet.Of(Flag.Deleted, Flag.Draft, Flag.Parse("$New")), await owners.FlagsAsync(first));

        await User.GrantAsync("Shared", Bob, "lrt");
        await bobs.ReplaceAsync(first, Flag.Seen);
        Assert.Equal(FlagSet.Of(Flag.Draft, Flag.Parse("$New")), await owners.FlagsAsync(first));

        await User.GrantAsync("Shared", Bob, "lri");
        await RefusedAsync(BackendError.NoPermission, () => bobs.ReplaceAsync(first));
    }

    /// <summary>Keywords that have no bit of their own in a store.</summary>
    [Fact]
    public virtual async Task Many_keywords_are_kept_by_who_may_not_change_them()
    {
        var owners = await User.OpenAsync("Shared");
        Flag[] keywords = [.. Enumerable.Range(0, 70).Select(static i => Flag.Parse($"K{i}"))];
        await owners.AddAsync(first, keywords);
        await User.GrantAsync("Shared", Bob, "lrs");
        var bobs = await Bob.OpenAsync(Name);

        await bobs.ReplaceAsync(first, Flag.Seen, Flag.Parse("K1"));
        Assert.Equal(FlagSet.Of([.. keywords, Flag.Seen]), await owners.FlagsAsync(first));
        Assert.Equal(FlagSet.Of([.. keywords, Flag.Seen]), await bobs.FlagsAsync(first));

        await User.GrantAsync("Shared", Bob, "lrw");
        await bobs.ReplaceAsync(first, Flag.Seen, Flag.Parse("K1"), Flag.Parse("K69"));
        Assert.Equal(FlagSet.Of(Flag.Seen, Flag.Parse("K1"), Flag.Parse("K69")), await owners.FlagsAsync(first));
    }

    /// <summary>RFC 4314 §4 (APPEND, COPY): flags that may not be set are not, and that is no failure.</summary>
    [Theory]
    [InlineData("i", "")]
    [InlineData("is", "\\Seen")]
    [InlineData("it", "\\Deleted")]
    [InlineData("iw", "\\Flagged $Work")]
    [InlineData("istw", "\\Seen \\Deleted \\Flagged $Work")]
    public virtual async Task A_new_message_has_the_flags_that_may_be_set(string rights, string flags)
    {
        await User.GrantAsync("Shared", Bob, rights);
        var owners = await User.OpenAsync("Shared");
        var mine = await (await Bob.OpenAsync("INBOX")).AppendAsync("Flagged", Flag.Seen, Flag.Deleted, Flag.Flagged, Keyword);
        var expected = FlagSet.Of(flags.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Flag.Parse));

        var appended = await (await Bob.OpenAsync(Name)).AppendAsync("Appended", Flag.Seen, Flag.Deleted, Flag.Flagged, Keyword);
        var copied = await (await Bob.OpenAsync("INBOX")).CopyAsync(UidSet.Of(mine), Name);
        var moved = await (await Bob.OpenAsync("INBOX")).MoveAsync(UidSet.Of(mine), Name);

        Assert.Equal(expected, await owners.FlagsAsync(appended));
        Assert.Equal(expected, await owners.FlagsAsync(Assert.Single(copied.Destination.Enumerate())));
        Assert.Equal(expected, await owners.FlagsAsync(Assert.Single(moved.Copied.Destination.Enumerate())));
    }

    /// <summary>RFC 4314 §4: the same between two mailboxes of the owner.</summary>
    [Fact]
    public virtual async Task A_copy_within_the_owners_mailboxes_has_the_flags_that_may_be_set()
    {
        var target = await User.CreateAsync("Target");
        Flag[] keywords = [.. Enumerable.Range(0, 60).Select(static i => Flag.Parse($"K{i}"))];
        await (await User.OpenAsync("Shared")).AddAsync(first, [Flag.Seen, Flag.Answered, .. keywords]);
        await User.GrantAsync("Shared", Bob, "rte");
        await User.GrantAsync("Target", Bob, "is");
        var bobs = await Bob.OpenAsync(Name);

        var copied = await bobs.CopyAsync(UidSet.Of(first), User.Shared("Target"));
        Assert.Equal(FlagSet.Of(Flag.Seen), await target.FlagsAsync(Assert.Single(copied.Destination.Enumerate())));
        var moved = await bobs.MoveAsync(UidSet.All, User.Shared("Target"));
        Assert.Equal([FlagSet.Of(Flag.Seen), FlagSet.Empty], await Task.WhenAll(moved.Copied.Destination.Enumerate().Select(target.FlagsAsync)));
        Assert.Equal(0, (await (await User.OpenAsync("Shared")).StatusAsync()).Messages);
        Assert.Equal((3, 1, 0), await CountsAsync(target));
    }

    /// <summary>RFC 4314 §5.1.1, §5.2.</summary>
    [Theory]
    [InlineData("lr", true, "")]
    [InlineData("lrpkxa", true, "")]
    [InlineData("lri", false, "")]
    [InlineData("lre", false, "")]
    [InlineData("lrs", false, "\\Seen")]
    [InlineData("lrt", false, "\\Deleted")]
    [InlineData("lrst", false, "\\Deleted \\Seen")]
    public virtual async Task Select_tells_what_may_be_changed(string rights, bool isReadOnly, string permanentFlags)
    {
        await User.GrantAsync("Shared", Bob, rights);
        var mailbox = await Bob.OpenAsync(Name);

        var data = await mailbox.SelectAsync();

        Assert.Equal(isReadOnly, data.IsReadOnly);
        Assert.Equal(FlagSet.Of(permanentFlags.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Flag.Parse)), data.PermanentFlags);
        Assert.Equal(data.PermanentFlags, (await mailbox.StatusAsync()).PermanentFlags);
        Assert.Equal(new SharedMailbox(Username, MailboxName.Parse("Shared")), data.Shared);
        Assert.Equal(MailboxName.Parse(Name), (await mailbox.StatusAsync()).Name);
    }

    [Fact]
    public virtual async Task Select_with_the_right_w_lets_new_keywords_be_made()
    {
        await User.GrantAsync("Shared", Bob, "lrw");
        var data = await (await Bob.OpenAsync(Name)).SelectAsync();

        Assert.False(data.IsReadOnly);
        Assert.Equal(FlagSet.Of(Flag.Answered, Flag.Flagged, Flag.Draft, Flag.Wildcard), data.PermanentFlags);
        var own = await (await User.OpenAsync("Shared")).SelectAsync();
        Assert.False(own.IsReadOnly);
        Assert.Null(own.Shared);
        Assert.True((await (await Bob.OpenAsync(Name)).ExamineAsync()).IsReadOnly);
    }

    /// <summary>RFC 4314 §5.1.1: a session learns of rights that have changed, as of all else, by polling.</summary>
    [Fact]
    public virtual async Task A_poll_tells_what_may_be_changed_now_once_and_only_when_that_is_new()
    {
        await User.GrantAsync("Shared", Bob, "lrs");
        var mailbox = await Bob.OpenAsync(Name);
        var since = (await mailbox.SelectAsync()).HighestModSeq;
        Assert.Null(await mailbox.PollAsync(since));

        await User.GrantAsync("Shared", Bob, "lrst");
        var changes = await mailbox.PollAsync(since);
        Assert.Equal(FlagSet.Of(Flag.Seen, Flag.Deleted), changes!.PermanentFlags);
        Assert.Empty(changes.Changed);
        Assert.Null(await mailbox.PollAsync(changes.HighestModSeq));

        await (await User.OpenAsync("Shared")).AddAsync(first, Flag.Flagged);
        changes = await mailbox.PollAsync(changes.HighestModSeq);
        Assert.Null(changes!.PermanentFlags);
        Assert.Single(changes.Changed);
    }

    /// <summary>\Seen and \Recent are the mailbox's, whoever looks.</summary>
    [Fact]
    public virtual async Task Flags_are_shared_and_who_may_change_nothing_takes_no_Recent()
    {
        await User.GrantAsync("Shared", AclEntry.Anyone, "lr");
        var reader = await Bob.OpenAsync(Name);
        Assert.Equal(2, (await reader.SelectAsync()).Recent.Enumerate().Count());
        var owners = await User.OpenAsync("Shared");
        Assert.Equal(2, (await owners.SelectAsync()).Recent.Enumerate().Count());
        await User.GrantAsync("Shared", Bob, "s");
        var third = await owners.AppendAsync("Three");
        var writer = await Bob.OpenAsync(Name);
        Assert.Equal([third], (await writer.SelectAsync()).Recent.Enumerate());

        await writer.AddAsync(first, Flag.Seen);
        Assert.Equal(FlagSet.Of(Flag.Seen), await owners.FlagsAsync(first));
        Assert.Empty((await (await User.OpenAsync("Shared")).SelectAsync()).Recent.Enumerate());
    }

    static async Task<(long?, long?, long?)> CountsAsync(IMailbox mailbox)
    {
        var status = await mailbox.StatusAsync();
        return (status.Messages, status.Unseen, status.Deleted);
    }

    async Task DoAsync(string operation, IMailbox? handle = null)
    {
        var inbox = await Bob.OpenAsync("INBOX");
        var everything = UidSet.All;
        await (operation switch
        {
            "append" => WithAsync(static mailbox => mailbox.AppendAsync("Appended", Flag.Seen)),
            "copy into" => inbox.CopyAsync(everything, Name),
            "move into" => inbox.MoveAsync(everything, Name),
            "create" => Bob.CreateMailboxAsync(MailboxName.Parse(Name + "/Below"), CreateOptions.Default, Token),
            "delete" => Bob.DeleteAsync(Name),
            "rename" => RenameAsync(),
            "subscribe" => Bob.SubscribeAsync(Name),
            "getacl" => Bob.AclAsync(Name),
            "setacl" => Bob.GrantAsync(Name, AclEntry.Anyone, "p", RightsOperation.Add),
            "listrights" => Bob.GrantableAsync(Name, AclEntry.Anyone),
            _ => WithAsync(mailbox => DoAsync(operation, mailbox, everything)),
        });

        async Task WithAsync(Func<IMailbox, Task> act) => await act(handle ?? await Bob.OpenAsync(Name));
    }

    Task DoAsync(string operation, IMailbox mailbox, UidSet everything) => operation switch
    {
        "select" => mailbox.SelectAsync(),
        "examine" => mailbox.ExamineAsync(),
        "status" => mailbox.StatusAsync(),
        "check" => mailbox.CheckAsync(Token),
        "fetch" => mailbox.ListAsync(everything, FetchAttributes.Flags | FetchAttributes.Envelope),
        "body" => mailbox.BodyAsync(first),
        "search" => mailbox.SearchMessagesAsync(new SearchCriteria(new SearchKey.HasFlag(Flag.Deleted)), Token),
        "sort" => mailbox.SortAsync(SortField.Subject),
        "thread" => mailbox.ThreadAsync(ThreadAlgorithm.References, new SearchKey.All()),
        "vanished" => Assert.IsAssignableFrom<IQresyncMailbox>(mailbox).ListVanishedAsync(everything, ModSeq.Zero, Token),
        "store unchanged" => Assert.IsAssignableFrom<ICondstoreMailbox>(mailbox).UpdateUnchangedMessagesFlagsAsync(everything, new ModSeq(1000), FlagsOperation.Add, FlagSet.Of(Flag.Flagged), Token),
        "poll" => mailbox.PollAsync(ModSeq.Zero),
        "store \\Seen" => mailbox.AddAsync(first, Flag.Seen),
        "store \\Deleted" => mailbox.AddAsync(first, Flag.Deleted),
        "store \\Flagged" => mailbox.AddAsync(first, Flag.Flagged),
        "store keyword" => mailbox.AddAsync(first, Keyword),
        "copy from" => mailbox.CopyAsync(everything, "INBOX"),
        "move from" => mailbox.MoveAsync(everything, "INBOX"),
        "copy within" => mailbox.CopyAsync(everything, Name),
        "move within" => mailbox.MoveAsync(everything, Name),
        "expunge" => mailbox.ExpungeAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "No such operation."),
    };

    // Below itself it cannot go, so k is for another mailbox of the owner: one with the rights that Bob has to this.
    async Task RenameAsync()
    {
        var letters = (await User.AclAsync("Shared")).Where(line => line.StartsWith(Bob.Username, StringComparison.Ordinal)).Select(static line => line.Split(':')[1]).SingleOrDefault("");
        var anyone = (await User.AclAsync("Shared")).Where(static line => line.StartsWith("anyone", StringComparison.Ordinal)).Select(static line => line.Split(':')[1]).SingleOrDefault("");
        await User.GrantAsync("Parent", Bob, letters);
        await User.GrantAsync("Parent", AclEntry.Anyone, anyone);
        await Bob.RenameAsync(Name, User.Shared("Parent/Renamed"));
    }
}
