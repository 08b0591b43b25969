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

    /// <summary>Looks at one mailbox.</summary>
    /// <param name="status">Its name, UIDNEXT and UIDVALIDITY.</param>
    /// <param name="messages">Its messages and anything that is different for each.</param>
    /// <param name="history">What was done so far, for the message of a failure.</param>
    public void Watch(MailboxStatus status, IEnumerable<(Uid Uid, string Content)> messages, string history)
    {
        var name = status.Name.Value;
        var (validity, next) = (status.UidValidity!.Value, status.UidNext!.Value);
        if (latest.TryGetValue(name, out var before))
            Assert.True(
                validity.Value > before.Validity.Value || (validity == before.Validity && next >= before.Next),
                $"{name} had UIDVALIDITY {before.Validity} UIDNEXT {before.Next} and has {validity}, {next} after: {history}");
        latest[name] = (validity, next);
        foreach (var (uid, content) in messages)
        {
            var identity = (name, validity, uid);
            Assert.True(uid < next, $"{identity} is not below UIDNEXT {next} after: {history}");
            Assert.True(identities.GetValueOrDefault(identity, content) == content, $"{identity} was one message and is another after: {history}");
            identities[identity] = content;
        }
    }

    async Task WatchAsync(IMailbox mailbox, string history)
    {
        var status = await mailbox.GetStatusAsync(StatusItems.UidNext | StatusItems.UidValidity, TestContext.Current.CancellationToken);
        var messages = await mailbox.ListAsync(UidSet.All, FetchItems.WholeBody);
        Watch(status, messages.Select(static message => (message.Uid, Encoding.UTF8.GetString(message.Octets[0]!))), history);
    }
}
