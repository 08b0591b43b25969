namespace Backend.Specification.Tests.Mailboxes;

/// <summary>
/// What holds of every handle on a mailbox: it follows a rename, dies with the mailbox, shares nothing with other handles.
/// RFC 2180 §3; IMailbox's own words.
/// </summary>
public abstract class HandleSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Theory]
    [MemberData(nameof(MailboxOperations.Names), MemberType = typeof(MailboxOperations))]
    public virtual async Task When_the_mailbox_is_deleted_every_operation_says_so(string operation)
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync();
        await box.SelectAsync();

        await (await LoginAsync()).DeleteAsync("a");

        await RefusedAsync(BackendError.NoSuchMailbox, () => MailboxOperations.RunAsync(operation, box));
    }

    [Fact]
    public virtual async Task When_the_mailbox_is_deleted_it_does_not_matter_that_the_destination_holds_no_messages()
    {
        var box = await User.CreateAsync("a");
        await User.CreateAsync("noselect/b");
        await User.DeleteAsync("noselect");
        await User.DeleteAsync("a");

        await RefusedAsync(BackendError.NoSuchMailbox, () => box.CopyAsync(UidSet.All, "noselect"));
        await RefusedAsync(BackendError.NoSuchMailbox, () => box.MoveAsync(UidSet.All, "noselect"));
    }

    [Theory]
    [MemberData(nameof(MailboxOperations.Names), MemberType = typeof(MailboxOperations))]
    public virtual async Task A_new_mailbox_of_the_name_is_not_the_one_of_the_handle(string operation)
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync();
        await User.DeleteAsync("a");
        await (await User.CreateAsync("a")).AppendAsync();

        await RefusedWithoutAnyChangeAsync(BackendError.NoSuchMailbox, () => MailboxOperations.RunAsync(operation, box));
    }

    [Fact]
    public virtual async Task A_mailbox_kept_for_its_inferiors_only_is_gone_for_its_handles()
    {
        var box = await User.CreateAsync("a");
        await User.CreateAsync("a/b");
        await User.DeleteAsync("a");
        await User.CreateAsync("a");

        await RefusedAsync(BackendError.NoSuchMailbox, () => box.AppendAsync());
    }

    [Theory]
    [MemberData(nameof(MailboxOperations.Names), MemberType = typeof(MailboxOperations))]
    public virtual async Task After_a_rename_every_operation_goes_on(string operation)
    {
        var box = await User.CreateAsync("a/b");
        await box.AppendAsync();
        await box.SelectAsync();

        await (await LoginAsync()).RenameAsync("a", "c");
        await User.CreateAsync("a/b");

        await MailboxOperations.RunAsync(operation, box);
        Assert.Empty(await (await User.OpenAsync("a/b")).UidsAsync());
    }

    [Fact]
    public virtual async Task A_handle_follows_its_mailbox_through_renames()
    {
        var box = await User.CreateAsync("a");
        var first = await box.AppendAsync();
        await User.RenameAsync("a", "b");
        await User.RenameAsync("b", "c/d");

        var second = await box.AppendAsync();

        Assert.Equal([first, second], await (await User.OpenAsync("c/d")).UidsAsync());
        Assert.Equal("c/d", (await box.GetInfoAsync(Token)).Name.Value);
        Assert.Equal("a", box.Name.Value);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("A")]
    [InlineData("a%")]
    [InlineData("a/")]
    [InlineData("Other")]
    public virtual async Task A_name_that_is_not_there_gives_no_handle(string name)
    {
        await User.CreateAsync("a b");

        await RefusedAsync(BackendError.NoSuchMailbox, () => User.OpenAsync(name));
    }

    [Fact]
    public virtual async Task Handles_on_one_mailbox_are_independent()
    {
        var box = await User.CreateAsync("a");
        var other = await User.OpenAsync("a");
        await box.ExamineAsync();

        var uid = await other.AppendAsync();
        await other.SelectAsync();

        Assert.True(await other.IsRecentAsync(uid));
        Assert.False(await (await User.OpenAsync("a")).IsRecentAsync(uid));
        await RefusedAsync(BackendError.ReadOnly, () => box.AddAsync(uid, Flag.Seen));
    }

    [Fact]
    public virtual async Task A_checkpoint_changes_nothing()
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync();
        var before = await Snapshot.OfAsync(User);

        await box.CheckAsync(Token);

        Assert.Equal(before, await Snapshot.OfAsync(User));
    }

    [Fact]
    public virtual async Task An_operation_given_up_before_it_starts_changes_nothing()
    {
        var box = await User.CreateAsync("a");
        var uid = await box.AppendAsync("Marked", Flag.Deleted);
        var before = await Snapshot.OfAsync(User);
        var given = new CancellationToken(canceled: true);

        await GivenUpAsync(() => box.CreateMessageAsync(new MemoryStream(Mail.Of("Never")), AppendOptions.Default, given));
        await GivenUpAsync(() => box.UpdateMessagesFlagsAsync(UidSet.Of(uid), FlagsOperation.Add, FlagSet.Of(Flag.Seen), given));
        await GivenUpAsync(() => box.CopyMessagesAsync(UidSet.All, MailboxName.Inbox, given));
        await GivenUpAsync(() => box.ExpungeAsync(null, given));
        await GivenUpAsync(() => box.SelectAsync(SelectOptions.ReadWrite, given));
        await GivenUpAsync(() => User.CreateMailboxAsync(MailboxName.Parse("never"), CreateOptions.Default, given));
        await GivenUpAsync(() => User.DeleteMailboxAsync(MailboxName.Parse("a"), given));
        await GivenUpAsync(() => User.RenameMailboxAsync(MailboxName.Parse("a"), MailboxName.Parse("never"), given));

        Assert.Equal(before, await Snapshot.OfAsync(User));
    }

    static async Task GivenUpAsync(Func<Task> act) => await Assert.ThrowsAnyAsync<OperationCanceledException>(act);
}
