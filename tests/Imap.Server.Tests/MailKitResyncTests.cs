using Imap.Specification.Tests;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using MimeKit;
using MessageFlags = MailKit.MessageFlags;

namespace Imap.Server.Tests;

/// <summary>How MailKit uses CONDSTORE and QRESYNC, on SQLite. RFC 7162.</summary>
public sealed class MailKitResyncTests(SqliteServerFixture fixture) : IClassFixture<SqliteServerFixture>
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_fetches_what_changed_since()
    {
        var account = await fixture.AddUserAsync();
        using var client = await ConnectAsync(account);
        var uids = await AppendAsync(client, 4);
        await client.Inbox.OpenAsync(FolderAccess.ReadWrite, Token);
        Assert.True(client.Inbox.Supports(FolderFeature.ModSequences));
        var since = client.Inbox.HighestModSeq;

        await client.Inbox.AddFlagsAsync(uids[2], MessageFlags.Flagged, silent: false, Token);

        var changed = Assert.Single(await client.Inbox.FetchAsync(0, -1, since, MessageSummaryItems.UniqueId | MessageSummaryItems.Flags | MessageSummaryItems.ModSeq, Token));
        Assert.Equal(uids[2], changed.UniqueId);
        Assert.True(changed.ModSeq > since);
        Assert.Equal(changed.ModSeq, client.Inbox.HighestModSeq);
        await client.Inbox.StatusAsync(MailKit.StatusItems.HighestModSeq, Token);
        Assert.Equal(changed.ModSeq, client.Inbox.HighestModSeq);
    }

    [Fact]
    public async Task It_stores_only_where_nothing_changed()
    {
        var account = await fixture.AddUserAsync();
        using var client = await ConnectAsync(account);
        using var other = await ConnectAsync(account);
        var uids = await AppendAsync(client, 3);
        await client.Inbox.OpenAsync(FolderAccess.ReadWrite, Token);
        var since = client.Inbox.HighestModSeq;
        await other.Inbox.OpenAsync(FolderAccess.ReadWrite, Token);
        await other.Inbox.AddFlagsAsync(uids[1], MessageFlags.Answered, silent: true, Token);

        var failed = await client.Inbox.StoreAsync(uids, new StoreFlagsRequest(StoreAction.Add, MessageFlags.Seen) { UnchangedSince = since, Silent = true }, Token);

        Assert.Equal([uids[1]], failed);
        Assert.Equal([uids[0], uids[2]], await client.Inbox.SearchAsync(MailKit.Search.SearchQuery.Seen, Token));
    }

    [Fact]
    public async Task It_comes_again_and_hears_what_it_missed()
    {
        var account = await fixture.AddUserAsync();
        UniqueId[] uids;
        uint validity;
        ulong since;
        using (var client = await ConnectAsync(account))
        {
            uids = await AppendAsync(client, 5);
            await client.Inbox.OpenAsync(FolderAccess.ReadOnly, Token);
            (validity, since) = (client.Inbox.UidValidity, client.Inbox.HighestModSeq);
        }

        using (var other = await ConnectAsync(account))
        {
            await other.Inbox.OpenAsync(FolderAccess.ReadWrite, Token);
            await other.Inbox.AddFlagsAsync([uids[1], uids[2]], MessageFlags.Deleted, silent: true, Token);
            await other.Inbox.ExpungeAsync(Token);
            await other.Inbox.AddFlagsAsync(uids[4], MessageFlags.Seen, silent: true, Token);
        }

        using var again = await ConnectAsync(account);
        await again.EnableQuickResyncAsync(Token);
        var (vanished, flagged) = (new List<UniqueId>(), new List<IMessageSummary>());
        again.Inbox.MessagesVanished += (_, args) =>
        {
            Assert.True(args.Earlier);
            vanished.AddRange(args.UniqueIds);
        };
        again.Inbox.MessageSummaryFetched += (_, args) => flagged.Add(args.Message);
        again.Inbox.MessageFlagsChanged += (_, args) => Assert.Equal(uids[4], args.UniqueId);
        await again.Inbox.OpenAsync(FolderAccess.ReadWrite, validity, since, uids, Token);

        Assert.Equal([uids[1], uids[2]], vanished);
        Assert.Equal(3, again.Inbox.Count);
    }

    [Fact]
    public async Task It_hears_by_UID_of_what_others_remove()
    {
        var account = await fixture.AddUserAsync();
        using var client = await ConnectAsync(account);
        using var other = await ConnectAsync(account);
        await client.EnableQuickResyncAsync(Token);
        var uids = await AppendAsync(client, 3);
        await client.Inbox.OpenAsync(FolderAccess.ReadWrite, Token);
        var vanished = new List<UniqueId>();
        client.Inbox.MessagesVanished += (_, args) =>
        {
            Assert.False(args.Earlier);
            vanished.AddRange(args.UniqueIds);
        };

        await other.Inbox.OpenAsync(FolderAccess.ReadWrite, Token);
        await other.Inbox.AddFlagsAsync(uids[0], MessageFlags.Deleted, silent: true, Token);
        await other.Inbox.ExpungeAsync(Token);
        await client.NoOpAsync(Token);

        Assert.Equal([uids[0]], vanished);
        await client.Inbox.AddFlagsAsync(uids[2], MessageFlags.Deleted, silent: true, Token);
        await client.Inbox.ExpungeAsync([uids[2]], Token);
        Assert.Equal([uids[0], uids[2]], vanished);
        Assert.Equal(1, client.Inbox.Count);
        var since = client.Inbox.HighestModSeq;
        Assert.Empty(await client.Inbox.FetchAsync(0, -1, since, MessageSummaryItems.UniqueId | MessageSummaryItems.Flags, Token));
    }

    async Task<ImapClient> ConnectAsync(ImapAccount account)
    {
        var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", fixture.EndPoint.Port, SecureSocketOptions.None, Token);
        await client.AuthenticateAsync(account.Username, account.Password, Token);
        Assert.True(client.Capabilities.HasFlag(ImapCapabilities.CondStore) && client.Capabilities.HasFlag(ImapCapabilities.QuickResync));
        return client;
    }

    static async Task<UniqueId[]> AppendAsync(ImapClient client, int count)
    {
        var uids = new UniqueId[count];
        for (var i = 0; i < count; i++)
        {
            var message = new MimeMessage { Subject = $"Message {i + 1}", Body = new TextPart("plain") { Text = "Text" } };
            uids[i] = (await client.Inbox.AppendAsync(message, MessageFlags.None, Token))!.Value;
        }

        return uids;
    }
}
