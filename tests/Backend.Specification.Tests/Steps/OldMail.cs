namespace Backend.Specification.Tests.Steps;

/// <summary>Mail that was in a store before the store could sort, share, limit and annotate: all of that has to do with it as with any other.</summary>
/// <param name="users">The store's users.</param>
/// <param name="backend">The store.</param>
public sealed class OldMail(IUserDirectory users, IBackend backend)
{
    const string Password = "correct horse battery staple";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Two users, one with mail.</summary>
    public async Task FillAsync()
    {
        await users.AddUserAsync("old", Password, Token);
        await users.AddUserAsync("guest", Password, Token);
        var user = await users.OpenUserAsync("old", Token);
        var box = await user.CreateAsync("Old/Mail");
        foreach (var subject in new[] { "b", "Re: a", "a" })
            await box.AppendAsync(Mail.Of($"{subject}"));
        await box.AddAsync(new Uid(1), Flag.Parse("$Kept"), Flag.Seen);
        await user.SetSubscribedAsync(MailboxName.Parse("Old/Mail"), true, Token);
    }

    /// <summary>All that is new is done with it.</summary>
    public async Task CheckAsync()
    {
        var (user, guest) = (await backend.LoginAsync("old", Password, Token), await backend.LoginAsync("guest", Password, Token));
        var box = await user.OpenAsync("Old/Mail");
        await box.SelectAsync();
        var messages = await box.ListMessagesAsync(UidSet.All, new FetchItems { Attributes = FetchAttributes.Flags | FetchAttributes.EmailId | FetchAttributes.ThreadId | FetchAttributes.SaveDate | FetchAttributes.Preview, Sections = [new SectionItem(Section.Whole)] }, Token).ToListAsync(Token);
        Assert.Equal(3, messages.Count);
        Assert.Contains(Flag.Parse("$Kept"), messages[0].Flags!);
        Assert.Equal(Mail.Of("b"), await messages[0].Sections[0].Content!.ToArrayAsync(Token));
        Assert.Equal((3, 3), (messages.Select(static each => each.EmailId).Distinct().Count(), messages.Count(static each => each is { ThreadId: not null, SaveDate: not null })));
        Assert.Equal(messages[1].ThreadId, Assert.Single(await box.ListMessagesAsync(UidSet.Of(new Uid(2)), new FetchItems { Attributes = FetchAttributes.ThreadId }, Token).ToListAsync(Token)).ThreadId);

        var all = new SearchCriteria(new SearchKey.All());
        Assert.Equal([2, 3, 1], (await ((ISortMailbox)box).SortMessagesAsync(all, [new SortCriterion(SortField.Subject)], Token)).Select(static uid => (int)uid.Value));
        Assert.Equal([0, 0, 1], (await ((IThreadMailbox)box).ThreadMessagesAsync(ThreadAlgorithm.OrderedSubject, all, Token)).Select(static member => member.Depth).Order());
        Assert.Equal([1], (await box.SearchMessagesAsync(new SearchCriteria(new SearchKey.ThreadId(messages[0].ThreadId!)), Token)).Enumerate().Select(static uid => (int)uid.Value));

        Assert.False(Assert.Single(await users.ListUsersAsync(Token).Where(static each => each.Username == "old").ToListAsync(Token)).IsAdministrator);
        await users.SetLimitsAsync("old", new QuotaLimits(null, 3), Token);
        Assert.Equal(3, (await ((IQuotaUser)user).GetQuotaAsync("old", Token)).Messages);
        Assert.Equal(BackendError.OverQuota, (await Assert.ThrowsAsync<BackendException>(() => box.AppendAsync())).Error);
        await user.GrantAsync("Old/Mail", guest, "lr");
        Assert.Equal(3, (await (await guest.OpenAsync(user.Shared("Old/Mail"))).SelectAsync()).Uids.Length);
        await ((IMetadataUser)user).SetMetadataAsync(MailboxName.Parse("Old/Mail"), [new MetadataEntry("/shared/comment", "old"u8.ToArray())], Token);
        Assert.Single(await ((IMetadataUser)guest).GetMetadataAsync(MailboxName.Parse(user.Shared("Old/Mail")), ["/shared/comment"], false, Token));
    }
}
