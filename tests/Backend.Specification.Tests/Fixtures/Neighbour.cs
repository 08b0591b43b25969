namespace Backend.Specification.Tests.Fixtures;

/// <summary>
/// A user of the same store and another tenant who has mailboxes of the names that tests use, with messages, flags, keywords and gaps between the UIDs.
/// A store that anywhere forgets whose rows it reads or writes shows it on them.
/// </summary>
sealed class Neighbour
{
    public const string Username = "neighbour@neighbours.example.org";
    const string Password = "over the fence";

    static readonly string[] Names = ["a", "a/b", "a/b/c", "ab", "A", "b", "Box", "Other"];

    readonly IUser user;
    readonly string asMovedIn;

    Neighbour(IUser user, string asMovedIn)
    {
        this.user = user;
        this.asMovedIn = asMovedIn;
    }

    public static async Task<Neighbour> MoveInAsync(BackendFixture fixture, CancellationToken cancellationToken)
    {
        await fixture.Tenants.AddTenantAsync("neighbours", ["neighbours.example.org"], null, cancellationToken);
        await fixture.Users.AddUserAsync(Username, Password, cancellationToken);
        var user = await fixture.Backend.LoginAsync(Username, Password, cancellationToken);
        await FillAsync(await user.OpenAsync("INBOX"));
        foreach (var name in Names)
            await FillAsync(await user.CreateAsync(name));
        await user.SubscribeAsync("a");
        await user.SubscribeAsync("Other");
        return new Neighbour(user, await Snapshot.OfAsync(user));
    }

    public async Task AssertUntouchedAsync() => Assert.Equal(asMovedIn, await Snapshot.OfAsync(user));

    static async Task FillAsync(IMailbox mailbox)
    {
        var first = await mailbox.AppendAsync("Hello over there", Flag.Seen, Flag.Parse("$Work"));
        var second = await mailbox.AppendAsync("Gone soon", Flag.Deleted);
        await mailbox.AppendAsync("Hello", Flag.Flagged);
        var last = await mailbox.AppendAsync("Marked, not yet expunged");
        await mailbox.AddAsync(first, Flag.Answered);
        await mailbox.ExpungeAsync(UidSet.Of(second));
        await mailbox.AddAsync(last, Flag.Deleted);
    }
}
