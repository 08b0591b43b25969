using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using StatusItems = MailKit.StatusItems;

namespace Imap.Server.Tests;

/// <summary>What MailKit makes of what we tell of mailboxes, on SQLite.</summary>
public sealed class MailKitMailboxTests(SqliteServerFixture fixture) : IClassFixture<SqliteServerFixture>
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Folders_come_with_their_states()
    {
        using var client = await ConnectAsync();
        var root = client.GetFolder(client.PersonalNamespaces[0]);
        var folder = (await root.CreateAsync("Work", true, Token))!;
        await folder.CreateAsync("Old", true, Token);
        await folder.AppendAsync(NewMessage(), MailKit.MessageFlags.Seen, Token);
        await folder.AppendAsync(NewMessage(), MailKit.MessageFlags.None, Token);

        var folders = await client.GetFoldersAsync(client.PersonalNamespaces[0], StatusItems.Count | StatusItems.Unread | StatusItems.Size, false, Token);

        Assert.Equal(["INBOX", "Work", "Work/Old"], folders.Select(static each => each.FullName));
        Assert.Equal([0, 2, 0], folders.Select(static each => each.Count));
        Assert.Equal(1, folders[1].Unread);
        Assert.True(folders[1].Size > 0);
        Assert.True(folders[1].Attributes.HasFlag(FolderAttributes.HasChildren));
    }

    [Fact]
    public async Task Subscribed_folders_are_listed()
    {
        using var client = await ConnectAsync();
        var root = client.GetFolder(client.PersonalNamespaces[0]);
        var folder = (await (await root.CreateAsync("Up", true, Token))!.CreateAsync("Down", true, Token))!;
        await folder.SubscribeAsync(Token);

        var folders = await client.GetFoldersAsync(client.PersonalNamespaces[0], StatusItems.Count, true, Token);

        Assert.Contains(folders, each => each.FullName == "Up/Down" && each.IsSubscribed);
        Assert.DoesNotContain(folders, static each => each.FullName == "INBOX");
    }

    [Fact]
    public async Task The_largest_message_is_known()
    {
        using var client = await ConnectAsync();

        Assert.Equal(128u * 1024 * 1024, client.AppendLimit);
    }

    [Fact]
    public async Task Quotas_are_known()
    {
        var account = await fixture.AddUserAsync();
        using var client = await ConnectAsync(account);
        Assert.Null((await client.Inbox.GetQuotaAsync(Token)).StorageLimit);

        await fixture.Services.GetRequiredService<IUserDirectory>().SetLimitsAsync(account.Username, new QuotaLimits(10 * 1024, 1), Token);
        await client.Inbox.AppendAsync(NewMessage(), cancellationToken: Token);

        var quota = await client.Inbox.GetQuotaAsync(Token);
        Assert.Equal((1u, 10u, 1u, 1u), (quota.MessageLimit, quota.StorageLimit, quota.CurrentMessageCount, quota.CurrentStorageSize));
        await Assert.ThrowsAsync<ImapCommandException>(() => client.Inbox.AppendAsync(NewMessage(), cancellationToken: Token));
    }

    [Fact]
    public async Task Annotations_are_set_and_told()
    {
        using var client = await ConnectAsync();
        await client.Inbox.SetMetadataAsync(new MetadataCollection([new Metadata(MetadataTag.PrivateComment, "My \u00FCber comment"), new Metadata(MetadataTag.SharedComment, "Ours")]), Token);
        await client.SetMetadataAsync(new MetadataCollection([new Metadata(new MetadataTag("/private/vendor/example/x"), "1")]), Token);

        Assert.Equal("My \u00FCber comment", await client.Inbox.GetMetadataAsync(MetadataTag.PrivateComment, Token));
        Assert.Equal("1", await client.GetMetadataAsync(new MetadataTag("/private/vendor/example/x"), Token));
        var options = new MetadataOptions { Depth = 1, MaxSize = 5 };
        var told = await client.Inbox.GetMetadataAsync(options, [new MetadataTag("/private"), new MetadataTag("/shared")], Token);
        Assert.Equal("Ours", Assert.Single(told).Value);
        Assert.True(options.LongEntries > 5);
        await client.Inbox.SetMetadataAsync(new MetadataCollection([new Metadata(MetadataTag.PrivateComment, null!)]), Token);
        Assert.Null(await client.Inbox.GetMetadataAsync(MetadataTag.PrivateComment, Token));
    }

    [Fact]
    public async Task A_folder_is_made_for_a_use()
    {
        var account = await fixture.AddUserAsync();
        using (var client = await ConnectAsync(account))
        {
            var root = client.GetFolder(client.PersonalNamespaces[0]);
            await root.CreateAsync("Gesendet", SpecialFolder.Sent, Token);
            await Assert.ThrowsAsync<ImapCommandException>(() => root.CreateAsync("Sent again", SpecialFolder.Sent, Token));
        }

        using var again = await ConnectAsync(account);
        Assert.Equal("Gesendet", again.GetFolder(SpecialFolder.Sent)!.FullName);
        Assert.Null(again.GetFolder(SpecialFolder.Trash));
    }

    async Task<ImapClient> ConnectAsync(Specification.Tests.ImapAccount? account = null)
    {
        account ??= await fixture.AddUserAsync();
        var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", fixture.EndPoint.Port, SecureSocketOptions.None, Token);
        await client.AuthenticateAsync(account.Username, account.Password, Token);
        return client;
    }

    static MimeMessage NewMessage()
    {
        var message = new MimeMessage { Subject = "A message", Body = new TextPart("plain") { Text = "The text." } };
        message.From.Add(new MailboxAddress("Sender", "sender@example.org"));
        return message;
    }
}
