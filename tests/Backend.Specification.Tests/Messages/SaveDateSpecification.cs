namespace Backend.Specification.Tests.Messages;

/// <summary>ISaveDateMailbox: FETCH SAVEDATE. RFC 8514 §3, §4.2.</summary>
public abstract class SaveDateSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Fact]
    public virtual async Task It_is_the_moment_of_the_append_whatever_date_the_message_was_given()
    {
        var inbox = await OpenAsync("INBOX");
        var now = NextSecond();
        var uid = (await inbox.CreateMessageAsync(Mail.Of("old"), new AppendOptions { InternalDate = new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.FromHours(2)) })).Uid;

        Assert.Equal(now, await SaveDateAsync(inbox, uid));
        Assert.Null((await inbox.FetchAsync(uid, FetchAttributes.InternalDate)).Message.SaveDate);
    }

    [Fact]
    public virtual async Task A_copy_has_its_own_and_the_original_keeps_its_own()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        var first = NextSecond();
        var uid = await a.AppendAsync();
        var second = NextSecond();
        var copied = await a.CopyAsync(UidSet.Of(uid), "b");
        NextSecond();

        Assert.Equal(first, await SaveDateAsync(a, uid));
        Assert.Equal(second, await SaveDateAsync(b, copied.Destination.Enumerate().Single()));
    }

    [Fact]
    public virtual async Task A_moved_message_gets_a_new_one()
    {
        var (a, b) = (await User.CreateAsync("a"), await User.CreateAsync("b"));
        var uid = await a.AppendAsync();
        var now = NextSecond();
        var moved = await a.MoveAsync(UidSet.Of(uid), "b");

        Assert.Equal(now, await SaveDateAsync(b, moved.Copied.Destination.Enumerate().Single()));
    }

    [Fact]
    public virtual async Task It_does_not_change_while_the_message_stays()
    {
        var a = await User.CreateAsync("a");
        var now = NextSecond();
        var uid = await a.AppendAsync();
        NextSecond();
        await a.AddAsync(uid, Flag.Seen, Flag.Parse("$Work"));
        await User.RenameAsync("a", "b");

        Assert.Equal(now, await SaveDateAsync(await User.OpenAsync("b"), uid));
    }

    [Fact]
    public virtual async Task It_is_told_beside_everything_else()
    {
        var inbox = await OpenAsync("INBOX");
        var now = NextSecond();
        var uid = await inbox.AppendAsync();

        var message = Assert.Single(await inbox.ListAsync(UidSet.All, new FetchItems
        {
            Attributes = FetchAttributes.Flags | FetchAttributes.InternalDate | FetchAttributes.Envelope | FetchAttributes.SaveDate,
            Sections = [new SectionItem(Section.Whole)],
        }));

        Assert.Equal((uid, now, TimeSpan.Zero, now), (message.Uid, message.Message.SaveDate, message.Message.SaveDate!.Value.Offset, message.InternalDate));
    }

    async Task<IMailbox> OpenAsync(string name) => Assert.IsAssignableFrom<ISaveDateMailbox>(await User.OpenAsync(name));

    static async Task<DateTimeOffset?> SaveDateAsync(IMailbox mailbox, Uid uid) => (await mailbox.FetchAsync(uid, FetchAttributes.SaveDate)).Message.SaveDate;

    DateTimeOffset NextSecond()
    {
        Fixture.Clock.Advance(TimeSpan.FromSeconds(90));
        var now = Fixture.Clock.Now;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }
}
