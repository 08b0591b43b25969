namespace Backend.Specification.Tests.Mailboxes;

/// <summary>
/// Watches a user's messages: what a name, a UIDVALIDITY and a UID named once, they must name for ever; and of a name neither UIDVALIDITY nor,
/// while that stays, UIDNEXT ever falls. RFC 9051 §2.3.1.1.
/// </summary>
sealed class IdentityWatch
{
    readonly Dictionary<(string Name, UidValidity Validity, Uid Uid), string> identities = [];
    readonly Dictionary<string, (UidValidity Validity, Uid Next)> latest = [];

    /// <summary>Looks at everything that is there now.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="history">What was done so far, for the message of a failure.</param>
    public async Task WatchAsync(IUser user, string history)
    {
        foreach (var info in await user.ListMailboxesAsync(false, TestContext.Current.CancellationToken))
            if (info.IsSelectable)
                await WatchAsync(await user.OpenAsync(info.Name.Value), history);
    }

    async Task WatchAsync(IMailbox mailbox, string history)
    {
        var name = mailbox.Name.Value;
        var status = await mailbox.GetStatusAsync(StatusItems.UidNext | StatusItems.UidValidity, TestContext.Current.CancellationToken);
        var (validity, next) = (status.UidValidity!.Value, status.UidNext!.Value);
        if (latest.TryGetValue(name, out var before))
            Assert.True(
                validity.Value > before.Validity.Value || (validity == before.Validity && next >= before.Next),
                $"{name} had UIDVALIDITY {before.Validity} UIDNEXT {before.Next} and has {validity}, {next} after: {history}");
        latest[name] = (validity, next);
        foreach (var message in await mailbox.ListAsync(UidSet.All, FetchItems.WholeBody))
        {
            var identity = (name, validity, message.Uid);
            var content = Encoding.UTF8.GetString(message.Octets[0]!);
            Assert.True(message.Uid < next, $"{identity} is not below UIDNEXT {next} after: {history}");
            Assert.True(identities.GetValueOrDefault(identity, content) == content, $"{identity} was one message and is another after: {history}");
            identities[identity] = content;
        }
    }
}
