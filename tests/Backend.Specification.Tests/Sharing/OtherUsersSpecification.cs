namespace Backend.Specification.Tests.Sharing;

/// <summary>Others' mailboxes among a user's own: listed, subscribed to, created, renamed, deleted. RFC 2342; RFC 4314 §4.</summary>
public abstract class OtherUsersSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    IUser? bob;

    IUser Bob => bob!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        bob = await AddUserAsync();
    }

    [Fact]
    public virtual async Task Only_what_may_be_looked_up_is_listed_with_the_levels_above_it()
    {
        foreach (var name in (string[])["A", "A/B", "C", "D"])
            await User.CreateAsync(name);
        await User.GrantAsync("A/B", Bob, "lr");
        await User.GrantAsync("C", AclEntry.Anyone, "l");
        await User.GrantAsync("D", Bob, "rswipkxtea");
        await User.GrantAsync("INBOX", Bob, "lrs");

        var list = await Bob.ListMailboxesAsync(false, Token);

        Assert.Equal(["INBOX", "#user", $"#user/{Username}", User.Shared("A"), User.Shared("A/B"), User.Shared("C"), User.Shared("INBOX")], list.Select(static info => info.Name.Value));
        Assert.Equal(["lrswipkxtea", "", "", "", "lr", "l", "lrs"], list.Select(static info => info.Rights.Text()));
        const MailboxAttributes Level = MailboxAttributes.NoSelect | MailboxAttributes.NonExistent | MailboxAttributes.HasChildren;
        Assert.Equal(
            [MailboxAttributes.HasNoChildren, Level, Level, Level, MailboxAttributes.HasNoChildren, MailboxAttributes.HasNoChildren, MailboxAttributes.HasNoChildren],
            list.Select(static info => info.Attributes));
        Assert.Equal(["INBOX", "A", "A/B", "C", "D"], await User.NamesAsync());
        await RefusedAsync(BackendError.NoSuchMailbox, () => Bob.OpenAsync(User.Shared("A")));
        await RefusedAsync(BackendError.NoSuchMailbox, () => Bob.OpenAsync($"#user/{Username}"));
        await RefusedAsync(BackendError.NoSuchMailbox, () => Bob.OpenAsync("#user"));
        // Without l it is not listed, and can be used nonetheless (RFC 4314 §4).
        await (await Bob.OpenAsync(User.Shared("D"))).SelectAsync();
    }

    [Fact]
    public virtual async Task A_handle_tells_what_the_list_tells_under_the_name_of_now()
    {
        await User.CreateAsync("Old/Child");
        await User.GrantAsync("Old", Bob, "lr");
        await User.GrantAsync("Old/Child", Bob, "l");
        await Bob.SubscribeAsync(User.Shared("Old"));
        var handle = await Bob.OpenAsync(User.Shared("Old"));
        Assert.Equal(await Bob.InfoAsync(User.Shared("Old")), await handle.GetInfoAsync(Token));
        Assert.Equal(MailboxAttributes.HasChildren | MailboxAttributes.Subscribed, (await handle.GetInfoAsync(Token)).Attributes);

        await User.RenameAsync("Old", "New");
        Assert.Equal(MailboxName.Parse(User.Shared("New")), (await handle.GetInfoAsync(Token)).Name);
        Assert.Equal(MailboxAttributes.HasChildren, (await handle.GetInfoAsync(Token)).Attributes);
        await handle.SelectAsync();

        await User.GrantAsync("New", Bob, "");
        await RefusedAsync(BackendError.NoSuchMailbox, () => handle.GetInfoAsync(Token));
    }

    /// <summary>What a mailbox is used for is its owner's affair: a client takes the attribute for its own user's.</summary>
    [Fact]
    public virtual async Task Special_uses_are_not_told_to_others()
    {
        await User.CreateAsync("Sent", SpecialUse.Sent);
        await User.GrantAsync("Sent", Bob, "lrk");

        Assert.Equal(SpecialUse.None, (await Bob.InfoAsync(User.Shared("Sent"))).SpecialUse);
        await RefusedAsync(BackendError.SpecialUseTaken, () => Bob.CreateAsync(User.Shared("Sent/Drafts"), SpecialUse.Drafts));
    }

    /// <summary>By whatever name is made up.</summary>
    [Fact]
    public virtual async Task Nothing_of_another_tenant_is_there()
    {
        var stranger = await AddUserAsync($"other.{Tenant}");
        await User.CreateAsync("Shared");
        await User.GrantAsync("Shared", AclEntry.Anyone, "lrswipkxtea");
        await stranger.CreateAsync("Shared");
        await stranger.GrantAsync("Shared", AclEntry.Anyone, "lrswipkxtea");
        await (await User.OpenAsync("Shared")).AppendAsync("Secret");
        var before = await Snapshot.OfAsync(User);

        Assert.Equal(["INBOX", "Shared"], await stranger.NamesAsync());
        foreach (var name in (string[])[User.Shared("Shared"), User.Shared("INBOX"), User.Shared("inbox"), $"#user/{Username.ToUpperInvariant()}/Shared", $"#user/{Username}", "#user"])
        {
            await RefusedAsync(BackendError.NoSuchMailbox, () => stranger.OpenAsync(name));
            await RefusedAsync(BackendError.NoSuchMailbox, () => stranger.DeleteAsync(name));
            await RefusedAsync(BackendError.NoSuchMailbox, () => stranger.SubscribeAsync(name));
            await RefusedAsync(BackendError.NoSuchMailbox, () => stranger.MyRightsAsync(name));
            await RefusedAsync(BackendError.NoSuchMailbox, () => stranger.AclAsync(name));
            await RefusedAsync(BackendError.NoSuchMailbox, () => stranger.GrantAsync(name, stranger, "lr"));
            await RefusedAsync(BackendError.NoPermission, () => stranger.CreateMailboxAsync(MailboxName.Parse(name + "/New"), CreateOptions.Default, Token));
            await RefusedAsync(BackendError.Cannot, () => stranger.RenameAsync("Shared", name + "/New"));
            await RefusedAsync(BackendError.Cannot, () => stranger.RenameAsync(name, "New"));
            await RefusedAsync(BackendError.NoSuchMailbox, async () => await (await stranger.OpenAsync("INBOX")).CopyAsync(UidSet.All, name));
        }

        Assert.Equal(before, await Snapshot.OfAsync(User));
    }

    [Fact]
    public virtual async Task A_subscription_to_somebody_elses_mailbox_is_the_users_own_and_outlives_the_right()
    {
        await User.CreateAsync("Shared");
        await User.GrantAsync("Shared", Bob, "l");
        await Bob.SubscribeAsync(User.Shared("Shared"));
        await Bob.SubscribeAsync("INBOX");

        Assert.Equal(["INBOX", User.Shared("Shared")], await Bob.SubscribedNamesAsync());
        Assert.Empty(await User.SubscribedNamesAsync());
        Assert.Equal(MailboxAttributes.HasNoChildren | MailboxAttributes.Subscribed, (await Bob.InfoAsync(User.Shared("Shared"))).Attributes);

        await User.GrantAsync("Shared", Bob, "r");
        Assert.Equal(MailboxAttributes.HasNoChildren | MailboxAttributes.Subscribed | MailboxAttributes.NonExistent, (await Bob.ListMailboxesAsync(true, Token))[1].Attributes);
        await RefusedAsync(BackendError.NoSuchMailbox, () => Bob.SubscribeAsync(User.Shared("Shared")));
        await Bob.UnsubscribeAsync(User.Shared("Shared"));
        Assert.Equal(["INBOX"], await Bob.SubscribedNamesAsync());
    }

    /// <summary>RFC 4314 §4 (CREATE): k on the nearest mailbox above that there is.</summary>
    [Fact]
    public virtual async Task A_mailbox_is_created_below_one_with_the_right_k_and_has_its_list()
    {
        await User.CreateAsync("Shared");
        await User.CreateAsync("Shared/Secret/Deep");
        await User.GrantAsync("Shared", Bob, "lk");

        await Bob.CreateAsync(User.Shared("Shared/One/Two"));

        Assert.Equal(["INBOX", "Shared", "Shared/One", "Shared/One/Two", "Shared/Secret", "Shared/Secret/Deep"], await User.NamesAsync());
        Assert.Equal("lk", await Bob.MyRightsAsync(User.Shared("Shared/One/Two")));
        Assert.Equal(await User.AclAsync("Shared"), await User.AclAsync("Shared/One/Two"));
        await RefusedAsync(BackendError.MailboxAlreadyExists, () => Bob.CreateAsync(User.Shared("Shared/One")));
        foreach (var refused in (string[])["Shared/Secret", "Shared/Secret/New", "Shared/Secret/Deep", "Top", "INBOX/Below"])
            await RefusedAsync(BackendError.NoPermission, () => Bob.CreateAsync(User.Shared(refused)));
        foreach (var refused in (string[])["#user", "#user/x", $"#user/{Username}", "#user/nobody@example.org/x"])
            await RefusedAsync(BackendError.NoPermission, () => Bob.CreateAsync(refused));
    }

    /// <summary>RFC 4314 §4 (RENAME): x on the mailbox, k on the nearest above the new name.</summary>
    [Fact]
    public virtual async Task A_mailbox_is_renamed_within_its_owners_and_never_to_another_user()
    {
        var carol = await AddUserAsync();
        foreach (var name in (string[])["A", "A/Moves", "A/Moves/Below", "B", "B/Secret", "Fixed"])
            await User.CreateAsync(name);
        await User.GrantAsync("A/Moves", Bob, "lx");
        await User.GrantAsync("B", Bob, "lk");
        await User.GrantAsync("Fixed", Bob, "lrswipktea");
        await User.GrantAsync("INBOX", Bob, "lrswipkxtea");
        await carol.GrantAsync("INBOX", Bob, "lrswipkxtea");

        await RefusedAsync(BackendError.NoPermission, () => Bob.RenameAsync(User.Shared("Fixed"), User.Shared("B/Fixed")));
        await RefusedAsync(BackendError.NoPermission, () => Bob.RenameAsync(User.Shared("A/Moves"), User.Shared("A/Moved")));
        await RefusedAsync(BackendError.NoPermission, () => Bob.RenameAsync(User.Shared("A/Moves"), User.Shared("B/Secret")));
        await RefusedAsync(BackendError.NoPermission, () => Bob.RenameAsync(User.Shared("A/Moves"), User.Shared("B/Secret/Moved")));
        await RefusedAsync(BackendError.NoSuchMailbox, () => Bob.RenameAsync(User.Shared("A"), User.Shared("B/A")));
        await RefusedAsync(BackendError.Cannot, () => Bob.RenameAsync(User.Shared("A/Moves"), "Mine"));
        await RefusedAsync(BackendError.Cannot, () => Bob.RenameAsync("INBOX", User.Shared("B/Mine")));
        await RefusedAsync(BackendError.Cannot, () => Bob.RenameAsync(User.Shared("A/Moves"), carol.Shared("INBOX/Moved")));
        await RefusedAsync(BackendError.Cannot, () => Bob.RenameAsync(User.Shared("INBOX"), User.Shared("INBOX/Moved")));

        await Bob.RenameAsync(User.Shared("A/Moves"), User.Shared("B/New/Moved"));
        Assert.Equal(["INBOX", "A", "B", "B/New", "B/New/Moved", "B/New/Moved/Below", "B/Secret", "Fixed"], await User.NamesAsync());
        Assert.Equal("lx", await Bob.MyRightsAsync(User.Shared("B/New/Moved")));
        Assert.Equal("lk", await Bob.MyRightsAsync(User.Shared("B/New")));
    }

    [Fact]
    public virtual async Task A_mailbox_is_deleted_with_the_right_x_but_for_INBOX()
    {
        await User.CreateAsync("Shared/Below");
        await User.GrantAsync("Shared", Bob, "x");
        await User.GrantAsync("INBOX", Bob, "x");
        var handle = await User.OpenAsync("Shared");

        await RefusedAsync(BackendError.Cannot, () => Bob.DeleteAsync(User.Shared("INBOX")));
        await Bob.DeleteAsync(User.Shared("Shared"));

        Assert.Equal(["INBOX", "Shared", "Shared/Below"], await User.NamesAsync());
        Assert.False((await User.InfoAsync("Shared")).IsSelectable);
        await RefusedAsync(BackendError.NoSuchMailbox, () => handle.SelectAsync());
        await RefusedAsync(BackendError.NoSuchMailbox, () => Bob.DeleteAsync(User.Shared("Shared")));
    }

    /// <summary>Mail that was there before there was a namespace is still its user's, whatever it is called.</summary>
    [Fact]
    public virtual async Task Own_mailboxes_that_have_such_a_name_stay_reachable()
    {
        await User.CreateAsync("Shared");
        await User.GrantAsync("Shared", Bob, "lr");
        var administration = await Fixture.Users.OpenUserAsync(Bob.Username, Token);
        await administration.CreateAsync(User.Shared("Shared"));
        await (await administration.OpenAsync(User.Shared("Shared"))).AppendAsync("Own");

        Assert.Equal(["INBOX", "#user", $"#user/{Username}", User.Shared("Shared")], await Bob.NamesAsync());
        var own = await Bob.OpenAsync(User.Shared("Shared"));
        Assert.Null((await own.SelectAsync()).Shared);
        Assert.Single(await own.UidsAsync());
        Assert.Equal("lrswipkxtea", await Bob.MyRightsAsync(User.Shared("Shared")));
        await Bob.RenameAsync(User.Shared("Shared"), "Own");
        Assert.Single(await (await Bob.OpenAsync("Own")).UidsAsync());
        Assert.Empty(await (await Bob.OpenAsync(User.Shared("Shared"))).UidsAsync());
    }

    [Fact]
    public virtual async Task The_administration_sees_a_users_own_mailboxes_only()
    {
        await User.GrantAsync("INBOX", Bob, "lrswipkxtea");
        var administration = await Fixture.Users.OpenUserAsync(Bob.Username, Token);

        Assert.Equal(["INBOX"], await administration.NamesAsync());
        await RefusedAsync(BackendError.NoSuchMailbox, () => administration.OpenAsync(User.Shared("INBOX")));
    }

    /// <summary>Who was suspended works nowhere; others still work in the mailboxes that were shared with them.</summary>
    [Fact]
    public virtual async Task A_suspended_guest_is_refused_and_a_suspended_owners_mailbox_is_still_there()
    {
        await User.GrantAsync("INBOX", Bob, "lr");
        var handle = await Bob.OpenAsync(User.Shared("INBOX"));

        await Fixture.Users.SuspendUserAsync(Username, Token);
        await handle.SelectAsync();
        await Fixture.Users.ResumeUserAsync(Username, Token);
        await Fixture.Users.SuspendUserAsync(Bob.Username, Token);
        await RefusedAsync(BackendError.Suspended, () => handle.SelectAsync());
    }

    /// <summary>Updates are the owner's; a session that has the mailbox open hears of them under the owner's name.</summary>
    [Fact]
    public virtual async Task Changes_are_told_under_the_owners_name_whoever_makes_them()
    {
        await User.CreateAsync("Shared");
        await User.GrantAsync("Shared", Bob, "lrswite");
        var shared = (await (await Bob.OpenAsync(User.Shared("Shared"))).SelectAsync()).Shared!;
        using var subscription = Fixture.Updater.Subscribe(shared.Owner);

        var bobs = await Bob.OpenAsync(User.Shared("Shared"));
        var uid = await bobs.AppendAsync("New");
        Assert.Equal(shared.Name, Assert.IsType<MailboxUpdate>(await subscription.Updates.ReadAsync(Token)).Mailbox);
        await bobs.AddAsync(uid, Flag.Deleted);
        Assert.Equal(shared.Name, Assert.IsType<MessageUpdate>(await subscription.Updates.ReadAsync(Token)).Mailbox);
        await bobs.ExpungeAsync();
        Assert.Equal(shared.Name, Assert.IsType<ExpungeUpdate>(await subscription.Updates.ReadAsync(Token)).Mailbox);
        // So that who has it open looks whether that may still be.
        await User.GrantAsync("Shared", Bob, "");
        Assert.Equal(shared.Name, Assert.IsType<MailboxUpdate>(await subscription.Updates.ReadAsync(Token)).Mailbox);
    }
}
