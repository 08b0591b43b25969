using System.Globalization;
using System.Text;
using MailStore.Tests.Support;

namespace MailStore.Tests.Tenants;

/// <summary>The commands for tenants, and that what they export comes back whole.</summary>
public sealed class TenantTests
{
    static readonly DateTimeOffset Date = new(2020, 2, 1, 22, 30, 5, TimeSpan.Zero);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_exported_tenant_comes_back_whole()
    {
        await using var from = await SqliteStore.CreateAsync(Token);
        await using var to = await SqliteStore.CreateAsync(Token);
        await FillAsync(from);
        var before = await SnapshotAsync(from, "acme");

        var exported = await RunAsync(from, "tenant", "export", "ACME", from.Folder["export"]);
        var imported = await RunAsync(to, "tenant", "import", from.Folder["export"]);

        Assert.StartsWith("Exported the tenant acme with 3 users, ", exported, StringComparison.Ordinal);
        Assert.Contains("Imported 7 messages", imported, StringComparison.Ordinal);
        Assert.Equal(before, await SnapshotAsync(to, "acme"));
        Assert.Equal("acme\tsuspended\t3\t9\t7\t", (await RunAsync(to, "tenant", "list")).Split('\n').Single(static line => line.StartsWith("acme", StringComparison.Ordinal))[..21]);
    }

    [Fact]
    public async Task An_import_can_be_run_again_and_adds_nothing()
    {
        await using var from = await SqliteStore.CreateAsync(Token);
        await using var to = await SqliteStore.CreateAsync(Token);
        await FillAsync(from);
        await RunAsync(from, "tenant", "export", "acme", from.Folder["export"]);
        await RunAsync(to, "tenant", "import", from.Folder["export"]);
        var before = await SnapshotAsync(to, "acme");

        var refused = await ProgramRun.RunAsync("tenant", "import", from.Folder["export"], "--connection", to.Connection);
        var again = await RunAsync(to, "tenant", "import", from.Folder["export"], "--resume");

        Assert.Equal((1, "mailstore: There is a tenant acme already.\n"), (refused.ExitCode, refused.Error));
        Assert.Contains("Already there: 7 messages, left out.", again, StringComparison.Ordinal);
        Assert.Equal(before, await SnapshotAsync(to, "acme"));
    }

    [Fact]
    public async Task An_import_that_is_run_again_keeps_what_the_user_has_put_in_a_mailbox_meanwhile()
    {
        await using var from = await SqliteStore.CreateAsync(Token);
        await using var to = await SqliteStore.CreateAsync(Token);
        await FillAsync(from);
        await RunAsync(from, "tenant", "export", "acme", from.Folder["export"]);
        await RunAsync(to, "tenant", "import", from.Folder["export"]);
        var ada = await to.Store.Users.OpenUserAsync("ada@acme.test", Token);
        // The one was a name above another, the other was a mailbox only for as long as it took to subscribe to one below it.
        foreach (var name in new[] { MailboxName.Parse("a/b"), MailboxName.Parse("gone") })
        {
            await ada.CreateMailboxAsync(name, CreateOptions.Default, Token);
            await AppendAsync(await ada.GetMailboxAsync(name, Token), "Subject: new\r\n\r\n");
        }

        await RunAsync(to, "tenant", "import", from.Folder["export"], "--resume");

        foreach (var name in new[] { MailboxName.Parse("a/b"), MailboxName.Parse("gone") })
            Assert.Equal(1, (await (await ada.GetMailboxAsync(name, Token)).GetStatusAsync(StatusItems.Messages, Token)).Messages);
    }

    [Fact]
    public async Task An_export_that_is_not_whole_is_refused_and_makes_nothing()
    {
        await using var from = await SqliteStore.CreateAsync(Token);
        await using var to = await SqliteStore.CreateAsync(Token);
        await FillAsync(from);
        await RunAsync(from, "tenant", "export", "acme", from.Folder["export"]);
        var manifest = Path.Combine(from.Folder["export"], "tenant.json");
        var text = await File.ReadAllTextAsync(manifest, Token);

        foreach (var (damaged, fault) in new[]
        {
            (text.Replace("users/000001", "../../elsewhere", StringComparison.Ordinal), "The export is not whole"),
            (text.Replace("users/000001", "users/000009", StringComparison.Ordinal), "The export is not whole"),
            (text.Replace("SCRAM-SHA-256$", "SCRAM-SHA-1$", StringComparison.Ordinal), "The stored password of"),
            (text.Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal), "has the format 2"),
            (text[..^10], "is damaged"),
        })
        {
            await File.WriteAllTextAsync(manifest, damaged, Token);
            var run = await ProgramRun.RunAsync("tenant", "import", from.Folder["export"], "--connection", to.Connection);

            Assert.Equal(1, run.ExitCode);
            Assert.Contains(fault, run.Error, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("acme", await RunAsync(to, "tenant", "list"), StringComparison.Ordinal);
        Assert.Contains("is no exported tenant", (await ProgramRun.RunAsync("tenant", "import", from.Folder.Path, "--connection", to.Connection)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_commands_do_what_they_say()
    {
        await using var store = await SqliteStore.CreateAsync(Token);

        Assert.Equal("Added the tenant acme.\n", await RunAsync(store, "tenant", "add", "Acme", "--domain", "acme.test", "--max-users", "1"));
        Assert.Equal("Added the user bob@acme.test.\n", (await ProgramRun.RunAsync("secret", ["user", "add", "bob@acme.test", "--password-stdin", "--connection", store.Connection])).Output);
        Assert.Equal("mailstore: The tenant acme can have 1 users. Remove some first, or let it have more.\n", (await ProgramRun.RunAsync("secret", ["user", "add", "eve", "--tenant", "acme", "--password-stdin", "--connection", store.Connection])).Error);
        Assert.Equal("The tenant acme may have any number of users.\n", await RunAsync(store, "tenant", "limit", "acme", "none"));
        Assert.Equal("The tenant acme may have 2 users.\n", await RunAsync(store, "tenant", "limit", "acme", "2"));
        Assert.Equal((2, ""), Outcome(await ProgramRun.RunAsync("tenant", "limit", "acme", "many", "--connection", store.Connection)));
        Assert.Equal("acme.example is now the tenant acme's.\n", await RunAsync(store, "tenant", "domain", "add", "acme", "acme.example"));
        Assert.Equal("acme.example is no longer the tenant acme's.\n", await RunAsync(store, "tenant", "domain", "remove", "acme", "acme.example"));
        Assert.Equal("Suspended the tenant acme.\n", await RunAsync(store, "tenant", "suspend", "acme"));
        Assert.Equal("Suspended the user bob@acme.test.\n", await RunAsync(store, "user", "suspend", "bob@acme.test"));
        Assert.Equal("acme\tsuspended\t1\t2\t0\t0\tacme.test", (await RunAsync(store, "tenant", "list")).Split('\n')[0]);
        Assert.EndsWith("Z\tacme\tsuspended\n", await RunAsync(store, "user", "list", "--tenant", "acme"), StringComparison.Ordinal);
        Assert.EndsWith("Z\tdefault\tactive\n", await RunAsync(store, "user", "list", "--tenant", "default"), StringComparison.Ordinal);
        Assert.Equal("Resumed the user bob@acme.test.\n", await RunAsync(store, "user", "resume", "bob@acme.test"));
        Assert.Equal("Resumed the tenant acme.\n", await RunAsync(store, "tenant", "resume", "acme"));
        Assert.Equal((2, ""), Outcome(await ProgramRun.RunAsync("tenant", "remove", "acme", "--connection", store.Connection)));
        Assert.Equal((1, ""), Outcome(await ProgramRun.RunAsync("tenant", "remove", "nobody", "--yes", "--connection", store.Connection)));
        Assert.Equal("Removed the tenant acme with 1 user and 0 messages.\n", await RunAsync(store, "tenant", "remove", "ACME", "--yes"));
        Assert.DoesNotContain("bob", await RunAsync(store, "user", "list"), StringComparison.Ordinal);
    }

    /// <summary>All that is hard to carry: keywords for which a Maildir has no letter, names that no folder can have, names that are no mailboxes.</summary>
    static async Task FillAsync(SqliteStore store)
    {
        var (tenants, users) = (store.Store.Tenants, store.Store.Users);
        await tenants.AddTenantAsync("acme", ["acme.test", "müller.test"], 9, Token);
        await users.AddUserAsync("Ada@acme.test", "secret", Token);
        await users.AddUserAsync("bob@müller.test", "other", Token);
        await users.AddUserAsync("empty", "third", "acme", Token);
        var ada = await users.OpenUserAsync("ada@acme.test", Token);
        foreach (var (name, use) in new[] { ("Sent", SpecialUse.Sent), ("a/b/c", SpecialUse.None), ("x.y%z~&", SpecialUse.None), (new string('ü', 300), SpecialUse.None), ("gone/for good", SpecialUse.None) })
            await ada.CreateMailboxAsync(MailboxName.Parse(name), new CreateOptions { SpecialUse = use }, Token);
        foreach (var name in new[] { "INBOX", "Sent", "gone/for good" })
            await ada.SetSubscribedAsync(MailboxName.Parse(name), true, Token);
        await ada.DeleteMailboxAsync(MailboxName.Parse("gone/for good"), Token);
        await ada.DeleteMailboxAsync(MailboxName.Parse("gone"), Token);
        await ada.DeleteMailboxAsync(MailboxName.Parse("a/b"), Token);
        var inbox = await ada.GetMailboxAsync(MailboxName.Inbox, Token);
        await AppendAsync(inbox, "Subject: 1\r\n\r\nno line end", Flag.Seen, Flag.Parse("$Forwarded"));
        await AppendAsync(inbox, "Subject: 2\r\n\r\nbare \r return\r\n\0\xff\r\n", [.. Enumerable.Range(0, 40).Select(static i => Flag.Parse($"keyword{i}"))]);
        await AppendAsync(inbox, "Subject: 2\r\n\r\nbare \r return\r\n\0\xff\r\n", Flag.Parse("keyword39"), Flag.Deleted);
        await AppendAsync(inbox, "Subject: 2\r\n\r\nbare \r return\r\n\0\xff\r\n");
        await AppendAsync(await ada.GetMailboxAsync(MailboxName.Parse("a/b/c"), Token), "Subject: 3\r\n\r\n", Flag.Draft);
        await AppendAsync(await ada.GetMailboxAsync(MailboxName.Parse(new string('ü', 300)), Token), "Subject: 4\r\n\r\n");
        await AppendAsync(await (await users.OpenUserAsync("bob@müller.test", Token)).GetMailboxAsync(MailboxName.Inbox, Token), "Subject: 5\r\n\r\n");
        await ((IAclUser)ada).SetRightsAsync(MailboxName.Parse("a/b/c"), "bob@müller.test", RightsOperation.Replace, MailboxRights.Lookup | MailboxRights.Read, Token);
        await ((IAclUser)ada).SetRightsAsync(MailboxName.Parse("a/b/c"), AclEntry.Anyone, RightsOperation.Replace, MailboxRights.Lookup, Token);
        foreach (var name in new[] { null, "INBOX", "a/b" })
            await ((IMetadataUser)ada).SetMetadataAsync(name is null ? null : MailboxName.Parse(name), [new MetadataEntry("/private/comment", Encoding.UTF8.GetBytes($"of {name}\0"))], Token);
        await users.SetLimitsAsync("bob@müller.test", new QuotaLimits(10, 1), Token);
        await users.SetLimitsAsync("empty", new QuotaLimits(null, 7), Token);
        await users.SetAdministratorAsync("bob@müller.test", true, Token);
        await users.SuspendUserAsync("bob@müller.test", Token);
        await tenants.SuspendTenantAsync("acme", Token);
    }

    static async Task AppendAsync(IMailbox mailbox, string text, params Flag[] flags)
    {
        using var body = new MemoryStream(Encoding.Latin1.GetBytes(text));
        await mailbox.CreateMessageAsync(body, new AppendOptions { Flags = FlagSet.Of(flags), InternalDate = Date }, Token);
    }

    /// <summary>All of a tenant, but UIDs and when users were added.</summary>
    static async Task<string> SnapshotAsync(SqliteStore store, string name)
    {
        var text = new StringBuilder();
        var tenant = await store.Store.Tenants.ListTenantsAsync(Token).SingleAsync(each => each.Name == name, Token);
        text.AppendLine(CultureInfo.InvariantCulture, $"{tenant.Name} {tenant.State} {tenant.MaxUsers} {string.Join(' ', tenant.Domains)}");
        await foreach (var info in store.Store.Users.ListUsersAsync(name, Token))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{info.Username} {info.State} {info.Mailboxes} {info.Messages} {info.Size} {info.Limits} {info.IsAdministrator} {await store.Store.Users.GetPasswordAsync(info.Username, Token)}");
            var user = await store.Store.Users.OpenUserAsync(info.Username, Token);
            await AddAnnotationsAsync(text, user, null);
            foreach (var subscribed in await user.ListMailboxesAsync(true, Token))
                text.AppendLine(CultureInfo.InvariantCulture, $"  subscribed {subscribed.Name} {subscribed.Attributes}");
            foreach (var mailbox in await user.ListMailboxesAsync(false, Token))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {mailbox.Name} {mailbox.Attributes} {mailbox.SpecialUse}");
                await AddAnnotationsAsync(text, user, mailbox.Name);
                if (!mailbox.IsSelectable)
                    continue;
                foreach (var entry in await ((IAclUser)user).GetAclAsync(mailbox.Name, Token))
                    text.AppendLine(CultureInfo.InvariantCulture, $"    {entry.Identifier}: {entry.Rights}");
                await foreach (var message in (await user.GetMailboxAsync(mailbox.Name, Token)).ListMessagesAsync(UidSet.All, FetchItems.WholeBody with { Attributes = FetchAttributes.Flags | FetchAttributes.InternalDate }, Token))
                {
                    var flags = message.Flags!.Where(static flag => flag != Flag.Recent).Select(static flag => flag.Name).Order(StringComparer.Ordinal);
                    text.AppendLine(CultureInfo.InvariantCulture, $"    {string.Join(' ', flags)} {message.InternalDate:O} {Convert.ToHexString(await message.Sections[0].Content!.ToArrayAsync(Token))}");
                }
            }
        }

        return text.ToString();
    }

    static async Task AddAnnotationsAsync(StringBuilder text, IUser user, MailboxName? mailbox)
    {
        foreach (var entry in await ((IMetadataUser)user).GetMetadataAsync(mailbox, ["/private", "/shared"], true, Token))
            text.AppendLine(CultureInfo.InvariantCulture, $"    {entry.Name} {Convert.ToHexString(entry.Value!.Value.Span)}");
    }

    static (int ExitCode, string Output) Outcome(ProgramRun run) => (run.ExitCode, run.Output);

    static async Task<string> RunAsync(SqliteStore store, params string[] args)
    {
        var run = await ProgramRun.RunAsync([.. args, "--connection", store.Connection]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Output;
    }
}
