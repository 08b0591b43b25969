namespace Backend.Specification.Tests.Sharing;

/// <summary>Who may do what is said by the owner, and by whom the owner lets. RFC 4314 §2-3.</summary>
public abstract class AclSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    const string All = "lrswipkxtea";

    IUser? bob;

    IUser Bob => bob!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        bob = await AddUserAsync();
        await User.CreateAsync("Shared");
    }

    /// <summary>RFC 4314 §2: what an implementation forces is its own affair; here the owner has everything.</summary>
    [Fact]
    public virtual async Task The_owner_has_every_right_always()
    {
        Assert.Equal([$"{Username}:{All}"], await User.AclAsync("Shared"));
        Assert.Equal(All, await User.MyRightsAsync("Shared"));
        Assert.Equal(All, await User.MyRightsAsync("INBOX"));
        Assert.Equal(new GrantableRights(MailboxRights.All, MailboxRights.None), await User.GrantableAsync("Shared", Username));
        await RefusedAsync(BackendError.Cannot, () => User.GrantAsync("Shared", Username, "lr"));
        await RefusedAsync(BackendError.Cannot, () => User.GrantAsync("Shared", Username, "a", RightsOperation.Remove));
        await RefusedAsync(BackendError.Cannot, () => User.GrantAsync("Shared", Username.ToUpperInvariant(), ""));
        await User.GrantAsync("Shared", Username, All);
        await User.GrantAsync("Shared", Username, "w", RightsOperation.Add);
        Assert.Equal([$"{Username}:{All}"], await User.AclAsync("Shared"));
    }

    /// <summary>RFC 4314 §3.1.</summary>
    [Fact]
    public virtual async Task Rights_are_replaced_added_and_removed()
    {
        await User.GrantAsync("Shared", Bob, "lrs");
        Assert.Equal([$"{Username}:{All}", $"{Bob.Username}:lrs"], await User.AclAsync("Shared"));

        await User.GrantAsync("Shared", Bob.Username.ToUpperInvariant(), "wi", RightsOperation.Add);
        Assert.Equal("lrswi", await Bob.MyRightsAsync(User.Shared("Shared")));

        await User.GrantAsync("Shared", Bob.Username.ToLowerInvariant(), "swx", RightsOperation.Remove);
        Assert.Equal("lri", await Bob.MyRightsAsync(User.Shared("Shared")));

        await User.GrantAsync("Shared", Bob, "lp");
        Assert.Equal([$"{Username}:{All}", $"{Bob.Username}:lp"], await User.AclAsync("Shared"));
        Assert.Equal(new GrantableRights(MailboxRights.None, MailboxRights.All), await User.GrantableAsync("Shared", Bob.Username));
    }

    /// <summary>RFC 4314 §3.2: DELETEACL leaves what another line gives.</summary>
    [Fact]
    public virtual async Task A_line_without_rights_is_gone()
    {
        await User.GrantAsync("Shared", Bob, "lrs");
        await User.GrantAsync("Shared", AclEntry.Anyone, "lw");
        await User.GrantAsync("Shared", Bob, "");

        Assert.Equal([$"{Username}:{All}", "anyone:lw"], await User.AclAsync("Shared"));
        Assert.Equal("lw", await Bob.MyRightsAsync(User.Shared("Shared")));
        await User.GrantAsync("Shared", AclEntry.Anyone, "lw", RightsOperation.Remove);
        await User.GrantAsync("Shared", AclEntry.Anyone, "lw", RightsOperation.Remove);
        Assert.Equal([$"{Username}:{All}"], await User.AclAsync("Shared"));
        await RefusedAsync(BackendError.NoSuchMailbox, () => Bob.MyRightsAsync(User.Shared("Shared")));
    }

    /// <summary>RFC 4314 §2: the rights of all lines that apply are united.</summary>
    [Fact]
    public virtual async Task Anyone_is_every_user_of_the_tenant_and_nobody_else()
    {
        var carol = await AddUserAsync();
        var stranger = await AddUserAsync($"other.{Tenant}");
        await User.GrantAsync("Shared", AclEntry.Anyone, "lr");
        await User.GrantAsync("Shared", Bob, "s");

        Assert.Equal("lrs", await Bob.MyRightsAsync(User.Shared("Shared")));
        Assert.Equal("lr", await carol.MyRightsAsync(User.Shared("Shared")));
        await RefusedAsync(BackendError.NoSuchMailbox, () => stranger.MyRightsAsync(User.Shared("Shared")));
        await RefusedAsync(BackendError.NoSuchMailbox, () => stranger.OpenAsync(User.Shared("Shared")));
        Assert.Equal(["INBOX"], await stranger.NamesAsync());
    }

    [Fact]
    public virtual async Task Nothing_is_given_beyond_the_tenant_nor_to_nobody()
    {
        var stranger = await AddUserAsync($"other.{Tenant}");

        await RefusedAsync(BackendError.NoSuchUser, () => User.GrantAsync("Shared", stranger, "lr"));
        await RefusedAsync(BackendError.NoSuchUser, () => User.GrantAsync("Shared", "nobody@example.org", "lr"));
        await RefusedAsync(BackendError.NoSuchUser, () => User.GrantableAsync("Shared", stranger.Username));
        // RFC 4314 §2: negative rights are not required.
        await RefusedAsync(BackendError.Cannot, () => User.GrantAsync("Shared", $"-{Bob.Username}", "lr"));
        await RefusedAsync(BackendError.Cannot, () => User.GrantableAsync("Shared", "-anyone"));
        await RefusedAsync(BackendError.NoSuchMailbox, () => User.GrantAsync("Missing", Bob, "lr"));
        await RefusedAsync(BackendError.NoSuchMailbox, () => stranger.GrantAsync(User.Shared("Shared"), stranger, "lr"));
        Assert.Equal([$"{Username}:{All}"], await User.AclAsync("Shared"));
    }

    [Fact]
    public virtual async Task Who_has_the_right_a_changes_the_list_for_the_owner()
    {
        var carol = await AddUserAsync();
        await User.GrantAsync("Shared", Bob, "la");

        await Bob.GrantAsync(User.Shared("Shared"), carol, "lrw");
        Assert.Equal([$"{Username}:{All}", $"{Bob.Username}:la", $"{carol.Username}:lrw"], await Bob.AclAsync(User.Shared("Shared")));
        Assert.Equal("lrw", await carol.MyRightsAsync(User.Shared("Shared")));
        Assert.Equal(new GrantableRights(MailboxRights.All, MailboxRights.None), await Bob.GrantableAsync(User.Shared("Shared"), Username));
        await RefusedAsync(BackendError.Cannot, () => Bob.GrantAsync(User.Shared("Shared"), User, "l"));
        await RefusedAsync(BackendError.NoPermission, () => carol.AclAsync(User.Shared("Shared")));
        await RefusedAsync(BackendError.NoPermission, () => carol.GrantAsync(User.Shared("Shared"), carol, All));
        await RefusedAsync(BackendError.NoPermission, () => carol.GrantableAsync(User.Shared("Shared"), carol.Username));

        await Bob.GrantAsync(User.Shared("Shared"), Bob, "lr");
        await RefusedAsync(BackendError.NoPermission, () => Bob.AclAsync(User.Shared("Shared")));
    }

    /// <summary>RFC 4314 §4: CREATE, RENAME and DELETE.</summary>
    [Fact]
    public virtual async Task The_list_follows_the_mailbox()
    {
        await User.GrantAsync("Shared", Bob, "lr");
        await User.GrantAsync("Shared", AclEntry.Anyone, "l");
        await User.CreateAsync("Shared/One/Two");
        Assert.Equal([$"{Username}:{All}", $"{Bob.Username}:lr", "anyone:l"], await User.AclAsync("Shared/One/Two"));
        Assert.Equal(await User.AclAsync("Shared"), await User.AclAsync("Shared/One"));

        await User.GrantAsync("Shared/One", AclEntry.Anyone, "");
        await User.RenameAsync("Shared/One", "Elsewhere/One");
        Assert.Equal([$"{Username}:{All}", $"{Bob.Username}:lr"], await User.AclAsync("Elsewhere/One"));
        Assert.Equal("lr", await Bob.MyRightsAsync(User.Shared("Elsewhere/One/Two")));
        Assert.Equal([$"{Username}:{All}"], await User.AclAsync("Elsewhere"));
        await RefusedAsync(BackendError.NoSuchMailbox, () => Bob.MyRightsAsync(User.Shared("Shared/One")));

        await User.DeleteAsync("Elsewhere/One");
        await RefusedAsync(BackendError.NotSelectable, () => User.AclAsync("Elsewhere/One"));
        await User.CreateAsync("Elsewhere/One");
        Assert.Equal([$"{Username}:{All}"], await User.AclAsync("Elsewhere/One"));
        await User.DeleteAsync("Shared");
        await User.CreateAsync("Shared");
        Assert.Equal([$"{Username}:{All}"], await User.AclAsync("Shared"));
    }

    [Fact]
    public virtual async Task The_list_of_INBOX_stays_with_INBOX_when_its_messages_are_renamed_away()
    {
        await User.GrantAsync("INBOX", Bob, "lr");
        await User.RenameAsync("INBOX", "Old mail");

        Assert.Equal("lr", await Bob.MyRightsAsync(User.Shared("INBOX")));
        await RefusedAsync(BackendError.NoSuchMailbox, () => Bob.MyRightsAsync(User.Shared("Old mail")));
    }

    [Fact]
    public virtual async Task A_user_who_is_removed_takes_along_what_was_given_to_and_by_the_user()
    {
        await Bob.CreateAsync("Bobs");
        await Bob.GrantAsync("Bobs", AclEntry.Anyone, "lr");
        await User.GrantAsync("Shared", Bob, "lr");
        Assert.Contains(Bob.Shared("Bobs"), await User.NamesAsync());

        await Fixture.Users.RemoveUserAsync(Bob.Username, Token);
        Assert.Equal(["INBOX", "Shared"], await User.NamesAsync());
        Assert.Equal([$"{Username}:{All}"], await User.AclAsync("Shared"));
        await RefusedAsync(BackendError.NoSuchUser, () => User.GrantAsync("Shared", Bob, "lr"));

        // Another user of that name is somebody else.
        await Fixture.Users.AddUserAsync(Bob.Username, Password, Tenant, Token);
        var another = await Fixture.Backend.LoginAsync(Bob.Username, Password, Token);
        await RefusedAsync(BackendError.NoSuchMailbox, () => another.OpenAsync(User.Shared("Shared")));
    }

    /// <summary>A domain that a tenant gets takes users out of the default tenant: what they share goes with them, and not beyond the tenant.</summary>
    [Fact]
    public virtual async Task Users_who_leave_for_another_tenant_share_with_each_other_and_not_with_those_who_stay()
    {
        var domain = $"d{Guid.NewGuid():N}.test";
        string[] names = [$"one@{domain}", $"two@{domain}", $"stays@x{domain}"];
        foreach (var name in names)
            await Fixture.Users.AddUserAsync(name, Password, Token);
        var users = await Task.WhenAll(names.Select(name => Fixture.Backend.LoginAsync(name, Password, Token)));
        var (one, two, stays) = (users[0], users[1], users[2]);
        await one.GrantAsync("INBOX", two, "lr");
        await one.GrantAsync("INBOX", stays, "lr");
        await stays.GrantAsync("INBOX", one, "lr");
        await stays.GrantAsync("INBOX", AclEntry.Anyone, "l");
        Assert.Equal("lr", await stays.MyRightsAsync(one.Shared("INBOX")));

        await Fixture.Tenants.AddTenantAsync($"t{Guid.NewGuid():N}", [domain], null, Token);

        Assert.Equal("lr", await two.MyRightsAsync(one.Shared("INBOX")));
        await (await two.OpenAsync(one.Shared("INBOX"))).SelectAsync();
        await RefusedAsync(BackendError.NoSuchMailbox, () => stays.MyRightsAsync(one.Shared("INBOX")));
        await RefusedAsync(BackendError.NoSuchMailbox, () => one.MyRightsAsync(stays.Shared("INBOX")));
        Assert.Equal([$"{one.Username}:{All}", $"{two.Username}:lr"], await one.AclAsync("INBOX"));
        Assert.Equal(["INBOX"], (await stays.NamesAsync()).Where(static name => !name.Contains("User", StringComparison.Ordinal) && !name.StartsWith('#')));
        Assert.DoesNotContain(stays.Shared("INBOX"), await one.NamesAsync());
    }
}
