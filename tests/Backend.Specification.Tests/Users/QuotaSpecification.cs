namespace Backend.Specification.Tests.Users;

/// <summary>IQuotaUser, and the limits that IUserDirectory sets. RFC 9208.</summary>
public abstract class QuotaSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    static readonly byte[] Kilobyte = Mail.Of("A message", new string('x', 900) + "\r\n");

    IQuotaUser Quotas => (IQuotaUser)User;

    [Fact]
    public virtual async Task The_root_of_every_mailbox_is_the_users()
    {
        await (await User.CreateAsync("a")).AppendAsync(Kilobyte);
        await (await InboxAsync()).AppendAsync(Kilobyte);

        var root = Assert.Single(await Quotas.GetQuotaRootsAsync(MailboxName.Parse("a"), Token));

        Assert.Equal(new QuotaRoot(Username, 2 * Kilobyte.Length, 2, QuotaLimits.None), root);
        Assert.Equal([root], await Quotas.GetQuotaRootsAsync(MailboxName.Parse("missing"), Token));
        Assert.Equal(root, await Quotas.GetQuotaAsync(Username.ToUpperInvariant(), Token));
    }

    [Fact]
    public virtual async Task Usage_is_the_sum_of_what_mailboxes_tell_whatever_is_done()
    {
        var (inbox, box) = (await InboxAsync(), await User.CreateAsync("a"));
        await inbox.AppendAsync(Kilobyte, Flag.Deleted);
        await inbox.AppendAsync("Small");
        await inbox.CopyAsync(UidSet.All, "a");
        await box.MoveAsync(UidSet.All, "INBOX");
        await inbox.ExpungeAsync();
        await User.RenameAsync("INBOX", "b");
        await (await User.CreateAsync("gone")).AppendAsync(Kilobyte);
        await User.DeleteAsync("gone");

        var statuses = (await ((IListStatusUser)User).GetStatusesAsync([.. (await User.ListMailboxesAsync(false, Token)).Select(static info => info.Name)], StatusItems.Size | StatusItems.Messages, Token)).Values;
        var root = await Quotas.GetQuotaAsync(Username, Token);

        Assert.Equal((statuses.Sum(static status => status.Size), statuses.Sum(static status => status.Messages)), (root.Bytes, root.Messages));
        Assert.Equal(2, root.Messages);
    }

    [Fact]
    public virtual async Task What_fits_exactly_is_taken_and_one_octet_more_is_not()
    {
        await LimitAsync(2 * Kilobyte.Length, null);
        var box = await User.CreateAsync("a");
        await box.AppendAsync(Kilobyte);
        await box.AppendAsync(Kilobyte);

        await RefusedWithoutAnyChangeAsync(BackendError.OverQuota, () => box.AppendAsync("One more"));

        await LimitAsync((2 * Kilobyte.Length) + Mail.Of("One more").Length, null);
        await box.AppendAsync("One more");
    }

    [Fact]
    public virtual async Task Messages_are_counted_too()
    {
        await LimitAsync(null, 2);
        await (await InboxAsync()).AppendAsync();
        await (await User.CreateAsync("a")).AppendAsync();

        await RefusedWithoutAnyChangeAsync(BackendError.OverQuota, async () => await (await InboxAsync()).AppendAsync());
    }

    [Fact]
    public virtual async Task A_copy_is_refused_as_a_whole_and_a_move_never()
    {
        var inbox = await InboxAsync();
        await inbox.AppendManyAsync(3);
        await User.CreateAsync("a");
        await LimitAsync(null, 5);

        await RefusedWithoutAnyChangeAsync(BackendError.OverQuota, () => inbox.CopyAsync(UidSet.All, "a"));
        await RefusedWithoutAnyChangeAsync(BackendError.OverQuota, () => inbox.CopyAsync(UidSet.All, "INBOX"));
        await LimitAsync(0, 0);
        await inbox.MoveAsync(UidSet.All, "a");

        Assert.Equal(3, (await (await User.OpenAsync("a")).StatusAsync()).Messages);
    }

    [Fact]
    public virtual async Task Room_comes_back_with_what_goes()
    {
        await LimitAsync(null, 1);
        var inbox = await InboxAsync();
        await inbox.AppendAsync("One", Flag.Deleted);
        await RefusedAsync(BackendError.OverQuota, () => inbox.AppendAsync("Two"));

        await inbox.ExpungeAsync();
        await inbox.AppendAsync("Two");
        await (await User.CreateAsync("a")).MoveAsync(UidSet.All, "INBOX");
        await RefusedAsync(BackendError.OverQuota, () => inbox.AppendAsync("Three"));
    }

    [Fact]
    public virtual async Task A_limit_below_what_is_there_leaves_it_there()
    {
        var inbox = await InboxAsync();
        await inbox.AppendManyAsync(3);

        await LimitAsync(1, 1);

        Assert.Equal(3, (await inbox.StatusAsync()).Messages);
        Assert.Equal(new QuotaLimits(1, 1), (await Quotas.GetQuotaAsync(Username, Token)).Limits);
        await RefusedAsync(BackendError.OverQuota, () => inbox.AppendAsync());
        await inbox.StoreAsync(UidSet.All, FlagsOperation.Add, Flag.Seen);
    }

    /// <summary>However many write at once, into however many mailboxes.</summary>
    [Fact]
    public virtual async Task A_limit_is_not_exceeded_by_many_at_once()
    {
        const int Writers = 8, Each = 6, Limit = 20;
        for (var i = 0; i < Writers; i++)
            await User.CreateAsync($"box {i}");
        await (await InboxAsync()).AppendAsync(Kilobyte);
        await LimitAsync(Limit * Kilobyte.Length, null);

        var done = await AtOnceAsync(Writers, async (user, i) =>
        {
            var (box, inbox, taken) = (await user.OpenAsync($"box {i}"), await user.OpenAsync("INBOX"), 0);
            for (var j = 0; j < Each; j++)
                try
                {
                    if (j % 2 == 0)
                        await box.AppendAsync(Kilobyte);
                    else
                        await inbox.CopyAsync(UidSet.Of(new Uid(1)), $"box {i}");
                    taken++;
                }
                catch (BackendException refusal) when (refusal.Error == BackendError.OverQuota)
                {
                }

            return taken;
        });

        Assert.Equal(Limit - 1, done.Sum());
        Assert.Equal(Limit * Kilobyte.Length, (await Quotas.GetQuotaAsync(Username, Token)).Bytes);
    }

    [Fact]
    public virtual async Task Others_see_and_set_nothing()
    {
        var other = await AddOtherAsync();

        await RefusedAsync(BackendError.NoSuchQuotaRoot, () => Quotas.GetQuotaAsync(other, Token));
        await RefusedAsync(BackendError.NoSuchQuotaRoot, () => Quotas.GetQuotaAsync("nobody", Token));
        await RefusedAsync(BackendError.NoPermission, () => Quotas.SetQuotaAsync(Username, QuotaLimits.None, Token));
        await RefusedAsync(BackendError.NoPermission, () => Quotas.SetQuotaAsync(other, QuotaLimits.None, Token));
        await Fixture.Users.RemoveUserAsync(other, Token);
    }

    [Fact]
    public virtual async Task An_administrator_sets_those_of_the_tenant()
    {
        var other = await AddOtherAsync();
        await Fixture.Users.SetAdministratorAsync(Username, true, Token);

        Assert.Equal(new QuotaRoot(other, 0, 0, new QuotaLimits(5, null)), await Quotas.SetQuotaAsync(other, new QuotaLimits(5, null), Token));
        Assert.Equal(new QuotaRoot(other, 0, 0, new QuotaLimits(null, 7)), await Quotas.SetQuotaAsync(other, new QuotaLimits(null, 7), Token));
        Assert.Equal(new QuotaLimits(null, 7), (await Quotas.GetQuotaAsync(other, Token)).Limits);
        Assert.Equal(new QuotaLimits(1, 1), (await Quotas.SetQuotaAsync(Username, new QuotaLimits(1, 1), Token)).Limits);
        await RefusedAsync(BackendError.NoSuchQuotaRoot, () => Quotas.GetQuotaAsync(Neighbour.Username, Token));
        await RefusedAsync(BackendError.NoSuchQuotaRoot, () => Quotas.SetQuotaAsync(Neighbour.Username, QuotaLimits.None, Token));

        await Fixture.Users.SetAdministratorAsync(Username, false, Token);
        await RefusedAsync(BackendError.NoPermission, () => Quotas.SetQuotaAsync(other, QuotaLimits.None, Token));
        await Fixture.Users.RemoveUserAsync(other, Token);
    }

    [Fact]
    public virtual async Task The_administration_sees_limits()
    {
        await LimitAsync(5, null);
        await Fixture.Users.SetAdministratorAsync(Username, true, Token);

        var info = Assert.Single(await Fixture.Users.ListUsersAsync(Tenant, Token).ToListAsync(Token));

        Assert.Equal((new QuotaLimits(5, null), true), (info.Limits, info.IsAdministrator));
        await RefusedAsync(BackendError.NoSuchUser, () => Fixture.Users.SetLimitsAsync("nobody", QuotaLimits.None, Token));
        await RefusedAsync(BackendError.NoSuchUser, () => Fixture.Users.SetAdministratorAsync("nobody", true, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => LimitAsync(-1, null));
    }

    /// <summary>RFC 9208 §4.1.4.</summary>
    [Fact]
    public virtual async Task What_an_expunge_would_free_is_known()
    {
        var box = await User.CreateAsync("a");
        await box.AppendAsync(Kilobyte, Flag.Deleted);
        await box.AppendAsync(Kilobyte);
        await box.AppendAsync(Kilobyte, Flag.Deleted, Flag.Seen);

        var status = await box.GetStatusAsync(StatusItems.Deleted | StatusItems.DeletedStorage, Token);

        Assert.Equal((2, 2 * Kilobyte.Length), (status.Deleted, status.DeletedStorage));
        Assert.Null((await box.GetStatusAsync(StatusItems.Deleted, Token)).DeletedStorage);
        var statuses = await ((IListStatusUser)User).GetStatusesAsync([MailboxName.Inbox, box.Name], StatusItems.DeletedStorage, Token);
        Assert.Equal((0, 2 * Kilobyte.Length), (statuses[MailboxName.Inbox].DeletedStorage, statuses[box.Name].DeletedStorage));
    }

    Task LimitAsync(long? bytes, long? messages) => Fixture.Users.SetLimitsAsync(Username, new QuotaLimits(bytes, messages), Token);

    async Task<string> AddOtherAsync()
    {
        var other = $"other.{Username}";
        await Fixture.Users.AddUserAsync(other, Password, Tenant, Token);
        return other;
    }
}
