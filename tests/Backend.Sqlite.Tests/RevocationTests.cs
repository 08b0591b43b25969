namespace Backend.Sqlite.Tests;

/// <summary>Whoever begins to change somebody else's mailbox, and has lost the right when it comes to be done, is refused. RFC 4314 §4.</summary>
public sealed class RevocationTests
{
    static readonly MailboxName Top = MailboxName.Parse("Top");
    static readonly MailboxName Own = MailboxName.Parse("Top/Shared");
    static readonly string Shared = OtherUsers.NameOf("alice", Own).Value;

    static CancellationToken Token => SqliteStore.Token;

    public static TheoryData<string> Writes => [.. Operations.Keys];

    static Dictionary<string, Func<IUser, IMailbox, Task>> Operations { get; } = new()
    {
        ["append"] = static (_, mailbox) => mailbox.CreateMessageAsync(SqliteStore.Message(), AppendOptions.Default, Token),
        ["append many"] = static (_, mailbox) => ((IMultiAppendMailbox)mailbox).CreateMessagesAsync(new[] { Message(), Message() }.ToAsyncEnumerable(), Token),
        ["store"] = static (_, mailbox) => mailbox.UpdateMessagesFlagsAsync(UidSet.All, FlagsOperation.Add, FlagSet.Of(Flag.Flagged), Token),
        ["store unchanged"] = static (_, mailbox) => ((ICondstoreMailbox)mailbox).UpdateUnchangedMessagesFlagsAsync(UidSet.All, new ModSeq(1000), FlagsOperation.Add, FlagSet.Of(Flag.Flagged), Token),
        ["copy"] = static (_, mailbox) => mailbox.CopyMessagesAsync(UidSet.All, MailboxName.Inbox, Token),
        ["copy there"] = static async (user, _) => await (await user.GetMailboxAsync(MailboxName.Inbox, Token)).CopyMessagesAsync(UidSet.All, MailboxName.Parse(Shared), Token),
        ["move"] = static (_, mailbox) => ((IMoveMailbox)mailbox).MoveMessagesAsync(UidSet.All, MailboxName.Inbox, Token),
        ["move there"] = static async (user, _) => await ((IMoveMailbox)await user.GetMailboxAsync(MailboxName.Inbox, Token)).MoveMessagesAsync(UidSet.All, MailboxName.Parse(Shared), Token),
        ["expunge"] = static (_, mailbox) => mailbox.ExpungeAsync(null, Token),
        ["replace"] = static (_, mailbox) => ((IReplaceMailbox)mailbox).ReplaceMessageAsync(new Uid(1), MailboxName.Inbox, Message(), Token),
        ["replace there"] = static async (user, _) => await ((IReplaceMailbox)await user.GetMailboxAsync(MailboxName.Inbox, Token)).ReplaceMessageAsync(new Uid(1), MailboxName.Parse(Shared), Message(), Token),
        ["create"] = static (user, _) => user.CreateMailboxAsync(MailboxName.Parse(Shared + "/Below"), CreateOptions.Default, Token),
        ["delete"] = static (user, _) => user.DeleteMailboxAsync(MailboxName.Parse(Shared), Token),
        ["rename"] = static (user, _) => user.RenameMailboxAsync(MailboxName.Parse(Shared), MailboxName.Parse(Shared + "Too"), Token),
        ["give rights"] = static (user, _) => ((IAclUser)user).SetRightsAsync(MailboxName.Parse(Shared), AclEntry.Anyone, RightsOperation.Replace, MailboxRights.All, Token),
        ["annotate"] = static (user, _) => ((IMetadataUser)user).SetMetadataAsync(MailboxName.Parse(Shared), [new MetadataEntry("/shared/comment", "x"u8.ToArray())], Token),
    };

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task What_waits_behind_the_revocation_is_not_done(string operation)
    {
        var (store, alice) = await SqliteStore.StartAsync(static options => options.IndexInBackground = false);
        await using var _ = store;
        await store.Users.AddUserAsync("bob", "secret", Token);
        var bob = await store.Backend.LoginAsync("bob", "secret", Token);
        await alice.CreateMailboxAsync(Own, CreateOptions.Default, Token);
        await AddMessageAsync(alice, Own);
        await AddMessageAsync(bob, MailboxName.Inbox);
        var sharing = (IAclUser)alice;
        await sharing.SetRightsAsync(Top, "bob", RightsOperation.Replace, MailboxRights.All, Token);
        await sharing.SetRightsAsync(Own, "bob", RightsOperation.Replace, MailboxRights.All, Token);
        var mailbox = await bob.GetMailboxAsync(MailboxName.Parse(Shared), Token);
        var before = await StateAsync(alice, bob);

        await using var hold = await HeldLine.HoldAsync(store);
        var revoked = sharing.SetRightsAsync(Own, "bob", RightsOperation.Replace, MailboxRights.None, Token);
        await Task.Delay(100, Token);
        var written = Operations[operation](bob, mailbox);
        await Task.Delay(100, Token);
        await hold.ReleaseAsync();
        await revoked;

        Assert.Equal(BackendError.NoSuchMailbox, (await Assert.ThrowsAsync<BackendException>(() => written)).Error);
        Assert.Equal(before, await StateAsync(alice, bob));
    }

    static NewMessage Message() => new(SqliteStore.Message(), AppendOptions.Default);

    static async Task AddMessageAsync(IUser user, MailboxName mailbox) =>
        await (await user.GetMailboxAsync(mailbox, Token)).CreateMessageAsync(SqliteStore.Message(), new AppendOptions { Flags = FlagSet.Of(Flag.Deleted) }, Token);

    /// <summary>The mailboxes of both, how often each was changed, and what is said of the shared one.</summary>
    static async Task<string> StateAsync(params IUser[] users)
    {
        var state = new List<string>();
        foreach (var user in users)
            foreach (var info in await user.ListMailboxesAsync(false, Token))
                if (!OtherUsers.Contains(info.Name))
                {
                    var status = await (await user.GetMailboxAsync(info.Name, Token)).GetStatusAsync(StatusItems.Messages | StatusItems.HighestModSeq, Token);
                    var notes = await ((IMetadataUser)user).GetMetadataAsync(info.Name, ["/shared"], true, Token);
                    state.Add($"{info.Name} {status.Messages} {status.HighestModSeq} {notes.Count}");
                }

        return string.Join('\n', state);
    }
}
