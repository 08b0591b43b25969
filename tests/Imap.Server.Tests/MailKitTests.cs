using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using MimeKit;
using MessageFlags = MailKit.MessageFlags;
using StatusItems = MailKit.StatusItems;

namespace Imap.Server.Tests;

/// <summary>A client as people use it, against the server on SQLite: what it makes of what we say.</summary>
public sealed class MailKitTests(SqliteServerFixture fixture) : IClassFixture<SqliteServerFixture>
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_sees_what_the_server_can_do()
    {
        using var client = await ConnectAsync();

        ImapCapabilities[] expected =
        [
            ImapCapabilities.IMAP4rev1,
            ImapCapabilities.IMAP4rev2,
            ImapCapabilities.Status,
            ImapCapabilities.StartTLS,
            ImapCapabilities.LiteralPlus,
            ImapCapabilities.Id,
            ImapCapabilities.Idle,
            ImapCapabilities.Namespace,
            ImapCapabilities.Children,
            ImapCapabilities.ListExtended,
            ImapCapabilities.ListStatus,
            ImapCapabilities.StatusSize,
            ImapCapabilities.SpecialUse,
            ImapCapabilities.CreateSpecialUse,
            ImapCapabilities.UidPlus,
            ImapCapabilities.Unselect,
            ImapCapabilities.Move,
            ImapCapabilities.CondStore,
            ImapCapabilities.QuickResync,
            ImapCapabilities.Enable,
            ImapCapabilities.Binary | ImapCapabilities.MultiAppend | ImapCapabilities.Catenate | ImapCapabilities.Replace,
            ImapCapabilities.SaveDate,
            ImapCapabilities.Preview,
            ImapCapabilities.ESearch,
            ImapCapabilities.Within,
            ImapCapabilities.SearchResults,
            ImapCapabilities.Sort,
            ImapCapabilities.SortDisplay,
            ImapCapabilities.ESort,
            ImapCapabilities.Thread,
            ImapCapabilities.ObjectID,
            ImapCapabilities.I18NLevel,
            ImapCapabilities.Partial,
            ImapCapabilities.MultiSearch,
            ImapCapabilities.Context,
        ];
        Assert.All(expected, capability => Assert.True(client.Capabilities.HasFlag(capability), $"{capability} is missing"));
        Assert.Equal('/', client.PersonalNamespaces[0].DirectorySeparator);
        var implementation = await client.IdentifyAsync(new ImapImplementation { Name = "tests" }, Token);
        Assert.Equal("mailstore", implementation!.Name);
    }

    [Fact]
    public async Task A_message_goes_there_and_back()
    {
        using var client = await ConnectAsync();
        var message = NewMessage("Gr\u00FC\u00DFe");
        var uid = await client.Inbox.AppendAsync(message, MessageFlags.Seen | MessageFlags.Flagged, new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(2)), Token);
        await client.Inbox.OpenAsync(FolderAccess.ReadWrite, Token);

        var summary = Assert.Single(await client.Inbox.FetchAsync(0, -1, MessageSummaryItems.All | MessageSummaryItems.UniqueId | MessageSummaryItems.BodyStructure, Token));
        Assert.Equal(uid, summary.UniqueId);
        Assert.Equal("Gr\u00FC\u00DFe", summary.Envelope!.Subject);
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(2)), summary.InternalDate);
        Assert.Equal(MessageFlags.Seen | MessageFlags.Flagged | MessageFlags.Recent, summary.Flags);
        Assert.IsType<BodyPartMultipart>(summary.Body);
        Assert.Equal("notes.txt", Assert.Single(summary.Attachments).FileName);
        Assert.Equal("The text.", ((TextPart)await client.Inbox.GetBodyPartAsync(uid!.Value, summary.TextBody!, Token)).Text.TrimEnd());

        using var sent = new MemoryStream();
        using var received = new MemoryStream();
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        await message.WriteToAsync(format, sent, Token);
        await (await client.Inbox.GetMessageAsync(uid.Value, Token)).WriteToAsync(format, received, Token);
        Assert.Equal(sent.ToArray(), received.ToArray());
    }

    [Fact]
    public async Task It_sorts_and_threads_and_finds_by_ids()
    {
        using var client = await ConnectAsync();
        var folder = (await client.GetFolder(client.PersonalNamespaces[0]).CreateAsync("conversations", true, Token))!;
        var uids = new List<UniqueId>();
        foreach (var (from, subject, references) in new[] { ("Zoe", "Lunch", -1), ("Anna", "Re: Lunch", 0), ("Zoe", "Re: Lunch", 1), ("Bob", "Dinner", -1), ("Carl", "Re: Lunch", 0) })
        {
            var message = NewMessage(subject);
            message.From.Clear();
            message.From.Add(new MailboxAddress(from, "someone@example.org"));
            message.Date = new DateTimeOffset(2026, 1, 1 + uids.Count, 0, 0, 0, TimeSpan.Zero);
            message.MessageId = $"{uids.Count}@example.org";
            if (references >= 0)
                message.References.Add($"{references}@example.org");
            uids.Add((await folder.AppendAsync(message, MessageFlags.None, Token))!.Value);
        }

        await folder.OpenAsync(FolderAccess.ReadWrite, Token);
        Assert.Equal([uids[1], uids[3], uids[4], uids[0], uids[2]], await folder.SortAsync(SearchQuery.All, [OrderBy.DisplayFrom], Token));
        Assert.Equal([uids[3], uids[4], uids[2], uids[1], uids[0]], await folder.SortAsync(SearchQuery.All, [OrderBy.Subject, OrderBy.ReverseDate], Token));
        Assert.Equal([uids[3]], await folder.SortAsync(SearchQuery.SubjectContains("dinner"), [OrderBy.Size], Token));
        var sorted = await folder.SortAsync(SearchOptions.Min | SearchOptions.Max | SearchOptions.Count | SearchOptions.All, SearchQuery.All, [OrderBy.ReverseDate], Token);
        Assert.Equal((5, uids[4], uids[0]), (sorted.Count, sorted.Min, sorted.Max));
        Assert.Equal(Enumerable.Reverse(uids), sorted.UniqueIds);

        var threads = await folder.ThreadAsync(ThreadingAlgorithm.References, SearchQuery.All, Token);
        Assert.Equal([uids[0], uids[3]], threads.Select(static thread => thread.UniqueId!.Value));
        Assert.Equal([uids[1], uids[4]], threads[0].Children.Select(static thread => thread.UniqueId!.Value));
        Assert.Equal(uids[2], Assert.Single(threads[0].Children[0].Children).UniqueId);
        var subjects = await folder.ThreadAsync(ThreadingAlgorithm.OrderedSubject, SearchQuery.All, Token);
        Assert.Equal([uids[1], uids[2], uids[4]], subjects[0].Children.Select(static thread => thread.UniqueId!.Value));

        var ids = await folder.FetchAsync(0, -1, MessageSummaryItems.EmailId | MessageSummaryItems.ThreadId | MessageSummaryItems.UniqueId, Token);
        Assert.Equal(5, ids.Select(static summary => summary.EmailId).Distinct().Count());
        Assert.Equal(ids[0].ThreadId, ids[4].ThreadId);
        Assert.NotEqual(ids[0].ThreadId, ids[3].ThreadId);
    }

    [Fact]
    public async Task It_is_told_save_dates_and_previews()
    {
        using var client = await ConnectAsync();
        await client.Inbox.AppendAsync(NewMessage("x"), MessageFlags.None, DateTimeOffset.UnixEpoch, Token);
        await client.Inbox.OpenAsync(FolderAccess.ReadOnly, Token);

        var summary = Assert.Single(await client.Inbox.FetchAsync(0, -1, MessageSummaryItems.SaveDate | MessageSummaryItems.PreviewText, Token));

        Assert.Equal("The text.", summary.PreviewText);
        Assert.InRange(summary.SaveDate!.Value, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddSeconds(1));
    }

    [Fact]
    public async Task Several_messages_go_together_and_one_is_replaced()
    {
        using var client = await ConnectAsync();
        await client.Inbox.OpenAsync(FolderAccess.ReadWrite, Token);

        var uids = await client.Inbox.AppendAsync([new AppendRequest(NewMessage("one"), MessageFlags.Seen), new AppendRequest(NewMessage("two")), new AppendRequest(NewMessage("three"))], Token);
        Assert.Equal([1u, 2, 3], uids.Select(static uid => uid.Id));
        var replaced = await client.Inbox.ReplaceAsync(uids[1], new ReplaceRequest(NewMessage("four"), MessageFlags.Draft), Token);

        Assert.Equal(4u, replaced!.Value.Id);
        var summaries = await client.Inbox.FetchAsync(0, -1, MessageSummaryItems.UniqueId | MessageSummaryItems.Envelope | MessageSummaryItems.Flags, Token);
        Assert.Equal(["one", "three", "four"], summaries.Select(static summary => summary.Envelope!.Subject));
        Assert.Equal([1u, 3, 4], summaries.Select(static summary => summary.UniqueId.Id));
        Assert.Equal(MessageFlags.Draft, summaries[2].Flags & ~MessageFlags.Recent);
    }

    [Fact]
    public async Task Folders_are_made_renamed_subscribed_and_deleted()
    {
        using var client = await ConnectAsync();
        var root = client.GetFolder(client.PersonalNamespaces[0]);
        var folder = (await root.CreateAsync("Entw\u00FCrfe & Ideen", true, Token))!;
        await folder.CreateAsync("\u53F0\u5317", true, Token);
        await folder.SubscribeAsync(Token);
        Assert.Equal(["Entw\u00FCrfe & Ideen"], (await root.GetSubfoldersAsync(true, Token)).Select(static sub => sub.Name));

        await folder.RenameAsync(root, "Neu", Token);
        Assert.Equal(["INBOX", "Neu"], (await root.GetSubfoldersAsync(false, Token)).Select(static sub => sub.FullName).Order(StringComparer.Ordinal));
        var inferior = Assert.Single(await folder.GetSubfoldersAsync(false, Token));
        Assert.Equal("Neu/\u53F0\u5317", inferior.FullName);
        await inferior.DeleteAsync(Token);
        await folder.DeleteAsync(Token);
        Assert.Equal(["INBOX"], (await root.GetSubfoldersAsync(false, Token)).Select(static sub => sub.FullName));
    }

    [Fact]
    public async Task Messages_are_found_flagged_moved_and_expunged()
    {
        using var client = await ConnectAsync();
        foreach (var subject in new[] { "first", "second", "third" })
            await client.Inbox.AppendAsync(NewMessage(subject), cancellationToken: Token);
        var folder = (await client.GetFolder(client.PersonalNamespaces[0]).CreateAsync("Archive", true, Token))!;
        await client.Inbox.OpenAsync(FolderAccess.ReadWrite, Token);

        var second = Assert.Single(await client.Inbox.SearchAsync(SearchQuery.SubjectContains("SECOND").And(SearchQuery.NotSeen), Token));
        await client.Inbox.AddFlagsAsync(second, MessageFlags.Seen, ["$Work"], true, Token);
        Assert.Equal([second], await client.Inbox.SearchAsync(SearchQuery.HasKeyword("$work"), Token));
        var moved = await client.Inbox.MoveToAsync([second], folder, Token);
        Assert.Equal(second, Assert.Single(moved.Source));
        Assert.Equal(2, client.Inbox.Count);

        var first = (await client.Inbox.SearchAsync(SearchQuery.SubjectContains("first"), Token))[0];
        var copied = await client.Inbox.CopyToAsync([first], folder, Token);
        Assert.Single(copied.Destination);
        await client.Inbox.AddFlagsAsync(first, MessageFlags.Deleted, true, Token);
        await client.Inbox.ExpungeAsync([first], Token);
        Assert.Equal(1, client.Inbox.Count);

        await folder.StatusAsync(StatusItems.Count | StatusItems.Unread | StatusItems.UidNext | StatusItems.UidValidity | StatusItems.Recent, Token);
        Assert.Equal((2, 1), (folder.Count, folder.Unread));
    }

    [Fact]
    public async Task Searches_are_answered_as_it_asks()
    {
        using var client = await ConnectAsync();
        for (var i = 0; i < 5; i++)
            await client.Inbox.AppendAsync(NewMessage($"number {i}"), MessageFlags.None, DateTimeOffset.UtcNow.AddHours(-i), Token);
        await client.Inbox.OpenAsync(FolderAccess.ReadWrite, Token);

        var found = await client.Inbox.SearchAsync(SearchOptions.All | SearchOptions.Count | SearchOptions.Min | SearchOptions.Max, SearchQuery.YoungerThan(9000), Token);
        Assert.Equal((3, 1u, 3u), (found.Count, found.Min!.Value.Id, found.Max!.Value.Id));
        Assert.Equal([1u, 2u, 3u], found.UniqueIds.Select(static uid => uid.Id));
        found = await client.Inbox.SearchAsync(SearchOptions.Count | SearchOptions.Min, SearchQuery.OlderThan(1_000_000), Token);
        Assert.Equal((0, null), (found.Count, found.Min));
        Assert.Equal([4u, 5u], (await client.Inbox.SearchAsync(SearchQuery.OlderThan(9000), Token)).Select(static uid => uid.Id));
    }

    [Fact]
    public async Task An_idling_client_is_told_of_a_new_message()
    {
        var account = await fixture.AddUserAsync();
        using var idling = await ConnectAsync(account);
        using var sending = await ConnectAsync(account);
        await idling.Inbox.OpenAsync(FolderAccess.ReadOnly, Token);
        using var done = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        idling.Inbox.CountChanged += (_, _) => done.Cancel();
        var idle = idling.IdleAsync(done.Token, Token);

        await sending.Inbox.AppendAsync(NewMessage("news"), cancellationToken: Token);
        await idle;

        Assert.Equal(1, idling.Inbox.Count);
    }

    [Fact]
    public async Task Mailboxes_are_shared_with_a_colleague()
    {
        var tenant = $"tenant-{Guid.NewGuid():N}";
        var (alices, bobs) = (await fixture.AddUserAsync(tenant), await fixture.AddUserAsync(tenant));
        using var alice = await ConnectAsync(alices);
        using var bob = await ConnectAsync(bobs);
        Assert.True(alice.Capabilities.HasFlag(ImapCapabilities.Acl));
        Assert.Equal("texk", string.Concat(alice.Rights.Select(static right => right.Right).Where("texk".Contains).OrderBy("texk".IndexOf)));
        var folder = (await alice.GetFolder(alice.PersonalNamespaces[0]).CreateAsync("Plans", true, Token))!;
        await folder.AppendAsync(NewMessage("shared"), MessageFlags.None, Token);

        await folder.AddAccessRightsAsync(bobs.Username, new AccessRights("lrs"), Token);
        await folder.AddAccessRightsAsync(bobs.Username, new AccessRights("i"), Token);
        var list = await folder.GetAccessControlListAsync(Token);
        Assert.Equal([alices.Username, bobs.Username], list.Select(static entry => entry.Name));
        Assert.Equal("ilrs", string.Concat(list[1].Rights.Select(static right => right.Right).Order()));
        Assert.Contains(AccessRight.Administer, await folder.GetMyAccessRightsAsync(Token));
        Assert.Contains(AccessRight.DeleteFolder, await folder.GetAccessRightsAsync(bobs.Username, Token));

        var shared = Assert.Single(await bob.GetFoldersAsync(bob.OtherNamespaces[0], cancellationToken: Token), static each => each.Exists && (each.Attributes & FolderAttributes.NoSelect) == 0);
        Assert.Equal($"#user/{alices.Username}/Plans", shared.FullName);
        Assert.Equal("ilrs", string.Concat((await shared.GetMyAccessRightsAsync(Token)).Select(static right => right.Right).Order()));
        Assert.Equal(FolderAccess.ReadWrite, await shared.OpenAsync(FolderAccess.ReadWrite, Token));
        Assert.Equal(MessageFlags.Seen, shared.PermanentFlags);
        Assert.Equal("shared", (await shared.GetMessageAsync(0, Token)).Subject);
        await shared.CopyToAsync(0, bob.Inbox, Token);
        await bob.Inbox.OpenAsync(FolderAccess.ReadOnly, Token);
        Assert.Equal("shared", (await bob.Inbox.GetMessageAsync(0, Token)).Subject);

        await folder.RemoveAccessRightsAsync(bobs.Username, new AccessRights("rsi"), Token);
        await folder.RemoveAccessAsync(bobs.Username, Token);
        Assert.Single(await folder.GetAccessControlListAsync(Token));
        await Assert.ThrowsAsync<ImapCommandException>(() => shared.OpenAsync(FolderAccess.ReadOnly, Token));
    }

    [Fact]
    public async Task A_wrong_password_is_a_failed_login()
    {
        var account = await fixture.AddUserAsync();
        using var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", fixture.EndPoint.Port, SecureSocketOptions.None, Token);

        await Assert.ThrowsAsync<AuthenticationException>(() => client.AuthenticateAsync(account.Username, "wrong", Token));
        await client.AuthenticateAsync(account.Username, account.Password, Token);
        Assert.True(client.IsAuthenticated);
    }

    async Task<ImapClient> ConnectAsync(Specification.Tests.ImapAccount? account = null)
    {
        account ??= await fixture.AddUserAsync();
        var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", fixture.EndPoint.Port, SecureSocketOptions.None, Token);
        await client.AuthenticateAsync(account.Username, account.Password, Token);
        return client;
    }

    static MimeMessage NewMessage(string subject)
    {
        var message = new MimeMessage { Subject = subject };
        message.From.Add(new MailboxAddress("S\u00E9nder", "sender@example.org"));
        message.To.Add(new MailboxAddress("Reader", "reader@example.org"));
        var body = new BodyBuilder { TextBody = "The text.", HtmlBody = "<p>The text.</p>" };
        body.Attachments.Add("notes.txt", "Notes."u8.ToArray());
        message.Body = body.ToMessageBody();
        return message;
    }
}
