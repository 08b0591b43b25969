namespace Backend.Specification.Tests.Mailboxes;

/// <summary>IMetadataUser. RFC 5464.</summary>
public abstract class MetadataSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    const string Comment = "/private/comment";
    const string SharedComment = "/shared/comment";

    [Fact]
    public virtual async Task What_is_set_is_told_octet_by_octet()
    {
        await User.CreateAsync("a");
        var value = Enumerable.Range(0, 256).Select(static octet => (byte)octet).ToArray();

        await SetAsync("a", (SharedComment, value), (Comment, []));

        var entries = await GetAsync("a", false, Comment, SharedComment, "/private/other");
        Assert.Equal([Comment, SharedComment], entries.Select(static entry => entry.Name));
        Assert.Empty(entries[0].Value!.Value.ToArray());
        Assert.Equal(value, entries[1].Value!.Value.ToArray());
        Assert.Empty(await GetAsync("INBOX", false, Comment, SharedComment));
    }

    [Fact]
    public virtual async Task What_is_below_a_name_is_told_when_asked_for()
    {
        await SetAsync("INBOX", ("/private/a", "1"u8.ToArray()), ("/private/a/b", "2"u8.ToArray()), ("/private/a/b/c", "3"u8.ToArray()), ("/private/ab", "4"u8.ToArray()), ("/private/a-b", "5"u8.ToArray()));

        Assert.Equal(["/private/a"], await NamesAsync("INBOX", false, "/private/a"));
        Assert.Equal(["/private/a", "/private/a/b", "/private/a/b/c"], await NamesAsync("INBOX", true, "/private/a"));
        Assert.Equal(5, (await NamesAsync("INBOX", true, "/private")).Length);
        Assert.Empty(await NamesAsync("INBOX", true, "/shared"));
    }

    [Fact]
    public virtual async Task Values_are_replaced_and_removed()
    {
        await SetAsync("INBOX", (Comment, "1"u8.ToArray()), (SharedComment, "2"u8.ToArray()));
        await SetAsync("INBOX", (Comment, "3"u8.ToArray()), (SharedComment, null), ("/private/none", null));

        var entry = Assert.Single(await GetAsync("INBOX", true, "/private", "/shared"));
        Assert.Equal("3"u8.ToArray(), entry.Value!.Value.ToArray());
    }

    [Fact]
    public virtual async Task They_go_with_the_mailbox()
    {
        await User.CreateAsync("a/b");
        await SetAsync("a", (Comment, "a"u8.ToArray()));
        await SetAsync("a/b", (Comment, "b"u8.ToArray()));

        await User.RenameAsync("a", "c");
        Assert.Single(await GetAsync("c", false, Comment));
        Assert.Single(await GetAsync("c/b", false, Comment));

        await User.DeleteAsync("c/b");
        await User.CreateAsync("c/b");
        Assert.Empty(await GetAsync("c/b", false, Comment));
        await User.DeleteAsync("c");
        Assert.Empty(await GetAsync("c", false, Comment));
        await SetAsync("c", (Comment, "a name above others"u8.ToArray()));
        Assert.Single(await GetAsync("c", false, Comment));
    }

    /// <summary>RFC 5464 §4.1.</summary>
    [Fact]
    public virtual async Task INBOX_renamed_keeps_its_own()
    {
        await SetAsync("INBOX", (Comment, "mine"u8.ToArray()));

        await User.RenameAsync("INBOX", "old");

        Assert.Equal("mine"u8.ToArray(), Assert.Single(await GetAsync("INBOX", false, Comment)).Value!.Value.ToArray());
        Assert.Equal("mine"u8.ToArray(), Assert.Single(await GetAsync("old", false, Comment)).Value!.Value.ToArray());
        await SetAsync("old", (Comment, null));
        Assert.Single(await GetAsync("INBOX", false, Comment));
    }

    [Fact]
    public virtual async Task Those_of_the_server_are_each_users_own()
    {
        await SetAsync(null, ("/private/vendor/example/x", "1"u8.ToArray()));
        await Fixture.Users.AddUserAsync($"other.{Username}", Password, Tenant, Token);
        var other = (IMetadataUser)await Fixture.Backend.LoginAsync($"other.{Username}", Password, Token);

        Assert.Single(await GetAsync(null, false, "/private/vendor/example/x"));
        Assert.Empty(await GetAsync("INBOX", true, "/private"));
        Assert.Empty(await other.GetMetadataAsync(null, ["/private"], true, Token));
        await RefusedAsync(BackendError.NoPermission, () => SetAsync(null, ("/private/vendor/example/x", "2"u8.ToArray()), (SharedComment, "x"u8.ToArray())));
        Assert.Equal("1"u8.ToArray(), Assert.Single(await GetAsync(null, true, "/private", "/shared")).Value!.Value.ToArray());
        await Fixture.Users.RemoveUserAsync($"other.{Username}", Token);
    }

    [Fact]
    public virtual async Task There_are_only_so_many()
    {
        for (var i = 0; i < MetadataEntry.MaxCount - 1; i++)
            await SetAsync("INBOX", ($"/private/{i}", "x"u8.ToArray()));

        await RefusedAsync(BackendError.TooManyEntries, () => SetAsync("INBOX", (Comment, "1"u8.ToArray()), (SharedComment, "2"u8.ToArray()), ("/private/0", "y"u8.ToArray())));
        Assert.Equal("x"u8.ToArray(), Assert.Single(await GetAsync("INBOX", false, "/private/0", Comment)).Value!.Value.ToArray());

        await SetAsync("INBOX", (Comment, "1"u8.ToArray()));
        await SetAsync("INBOX", (SharedComment, "2"u8.ToArray()), (Comment, null));
        await SetAsync("INBOX", ("/private/0", new byte[MetadataEntry.MaxSize]));
        await RefusedAsync(BackendError.TooManyEntries, () => SetAsync("INBOX", (Comment, "1"u8.ToArray())));
        await User.CreateAsync("a");
        await SetAsync("a", (Comment, "1"u8.ToArray()));
    }

    [Fact]
    public virtual async Task A_name_that_is_not_there_has_none()
    {
        await RefusedAsync(BackendError.NoSuchMailbox, () => GetAsync("missing", false, Comment));
        await RefusedAsync(BackendError.NoSuchMailbox, () => SetAsync("missing", (Comment, "x"u8.ToArray())));
    }

    /// <summary>RFC 5464 §3.3.</summary>
    [Fact]
    public virtual async Task Shared_ones_are_shared_with_those_who_have_rights()
    {
        await User.CreateAsync("a");
        await SetAsync("a", (Comment, "mine"u8.ToArray()), (SharedComment, "ours"u8.ToArray()));
        await Fixture.Users.AddUserAsync($"other.{Username}", Password, Tenant, Token);
        var other = (IMetadataUser)await Fixture.Backend.LoginAsync($"other.{Username}", Password, Token);
        var shared = OtherUsers.NameOf(Username, MailboxName.Parse("a"));
        Task GrantAsync(MailboxRights rights) => ((IAclUser)User).SetRightsAsync(MailboxName.Parse("a"), $"other.{Username}", RightsOperation.Replace, rights, Token);

        await RefusedAsync(BackendError.NoSuchMailbox, () => other.GetMetadataAsync(shared, [SharedComment], false, Token));
        await GrantAsync(MailboxRights.Lookup);
        await RefusedAsync(BackendError.NoPermission, () => other.GetMetadataAsync(shared, [SharedComment], false, Token));
        await GrantAsync(MailboxRights.Lookup | MailboxRights.Read);

        Assert.Equal([SharedComment], (await other.GetMetadataAsync(shared, ["/private", "/shared"], true, Token)).Select(static entry => entry.Name));
        await other.SetMetadataAsync(shared, [new MetadataEntry(SharedComment, "theirs"u8.ToArray())], Token);
        await RefusedAsync(BackendError.NoPrivateMetadata, () => other.SetMetadataAsync(shared, [new MetadataEntry(Comment, "x"u8.ToArray())], Token));
        Assert.Equal("theirs"u8.ToArray(), Assert.Single(await GetAsync("a", false, SharedComment)).Value!.Value.ToArray());
        await Fixture.Users.RemoveUserAsync($"other.{Username}", Token);
    }

    /// <summary>RFC 7162 §3.2. Who polls learns that the mailbox has changed, and of no message.</summary>
    [Fact]
    public virtual async Task A_change_has_a_modification_sequence()
    {
        var inbox = await User.OpenAsync("INBOX");
        var first = await inbox.AppendAsync("First");
        var before = (await inbox.SelectAsync()).HighestModSeq;

        await SetAsync("INBOX", (Comment, "1"u8.ToArray()), (SharedComment, "2"u8.ToArray()));
        var set = (await inbox.PollAsync(before))!;
        await SetAsync("INBOX", (Comment, null));
        var removed = (await inbox.PollAsync(set.HighestModSeq))!;
        await SetAsync("INBOX", (Comment, null), (SharedComment, "2"u8.ToArray()));
        await SetAsync(null, (Comment, "of the server"u8.ToArray()));

        Assert.True(before < set.HighestModSeq && set.HighestModSeq < removed.HighestModSeq);
        Assert.All([set, removed], static changes => Assert.True(changes.Changed.IsEmpty && changes.Expunged.IsEmpty && changes.Recent.IsEmpty));
        Assert.Null(await inbox.PollAsync(removed.HighestModSeq));
        Assert.Equal(removed.HighestModSeq, (await inbox.StatusAsync()).HighestModSeq);
        await inbox.AddAsync(first, Flag.Seen);
        Assert.Equal([first], (await inbox.PollAsync(removed.HighestModSeq))!.Changed.Select(static message => message.Uid));
    }

    /// <summary>A hint comes for each change, to those whose mailbox it is.</summary>
    [Fact]
    public virtual async Task A_change_is_published()
    {
        using var subscription = Fixture.Updater.Subscribe(Username);
        await SetAsync("INBOX", (Comment, "1"u8.ToArray()));
        await SetAsync("INBOX", (Comment, "1"u8.ToArray()));
        await SetAsync(null, (Comment, "1"u8.ToArray()));

        var first = Assert.IsType<MailboxUpdate>(await subscription.Updates.ReadAsync(Token));
        var second = Assert.IsType<MailboxUpdate>(await subscription.Updates.ReadAsync(Token));
        Assert.Equal((MailboxName.Inbox, (await (await User.OpenAsync("INBOX")).StatusAsync()).HighestModSeq), (first.Mailbox!.Value, first.Status!.HighestModSeq));
        Assert.Null(second.Mailbox);
    }

    static MailboxName? Parse(string? name) => name is null ? null : MailboxName.Parse(name);

    Task<IReadOnlyList<MetadataEntry>> GetAsync(string? mailbox, bool withInferiors, params string[] names) => ((IMetadataUser)User).GetMetadataAsync(Parse(mailbox), names, withInferiors, Token);

    async Task<string[]> NamesAsync(string? mailbox, bool withInferiors, params string[] names) => [.. (await GetAsync(mailbox, withInferiors, names)).Select(static entry => entry.Name)];

    Task SetAsync(string? mailbox, params (string Name, byte[]? Value)[] entries) =>
        ((IMetadataUser)User).SetMetadataAsync(Parse(mailbox), [.. entries.Select(static entry => new MetadataEntry(entry.Name, entry.Value is null ? default(ReadOnlyMemory<byte>?) : entry.Value.AsMemory()))], Token);
}
