namespace Backend.Specification.Tests.Changes;

/// <summary>What a session knows of a mailbox, kept up by nothing but polls. After each poll it must be the mailbox itself.</summary>
sealed class Replica(IMailbox mailbox)
{
    readonly SortedDictionary<Uid, FlagSet> messages = [];
    ModSeq since;

    public IReadOnlyDictionary<Uid, FlagSet> Messages => messages;

    public async Task SelectAsync()
    {
        var selected = await mailbox.SelectAsync();
        since = selected.HighestModSeq;
        messages.Clear();
        foreach (var message in await mailbox.ListAsync(UidSet.Parse(selected.Uids.IsEmpty ? "1" : $"{selected.Uids[0]}:{selected.Uids[^1]}"), FetchItems.FlagsOnly))
            messages[message.Uid] = message.Flags!.WithoutRecent();
    }

    /// <summary>Polls once.</summary>
    /// <returns>Whether anything had happened.</returns>
    public async Task<bool> PollAsync()
    {
        if (await mailbox.PollAsync(since) is not { } changes)
            return false;
        Assert.True(changes.HighestModSeq > since, $"A poll since {since} tells of changes up to {changes.HighestModSeq}");
        Assert.Equal(changes.Changed.Select(static message => message.Uid).Distinct().Order(), changes.Changed.Select(static message => message.Uid));
        Assert.DoesNotContain(changes.Changed, message => changes.Expunged.Contains(message.Uid, Uid.MaxValue));
        Assert.All(changes.Changed, message => Assert.True(message.ModSeq <= changes.HighestModSeq));
        Assert.All(changes.Changed, message => Assert.True(message.Uid < changes.UidNext));
        foreach (var uid in messages.Keys.Where(uid => changes.Expunged.Contains(uid, Uid.MaxValue)).ToList())
            messages.Remove(uid);
        foreach (var message in changes.Changed)
            messages[message.Uid] = message.Flags.WithoutRecent();
        since = changes.HighestModSeq;
        return true;
    }

    public async Task AssertIsTheMailboxAsync()
    {
        var actual = await mailbox.ListAsync(UidSet.All, FetchItems.FlagsOnly);
        Assert.Equal(actual.Select(static message => (message.Uid, message.Flags!.WithoutRecent())), messages.Select(static message => (message.Key, message.Value)));
    }
}
