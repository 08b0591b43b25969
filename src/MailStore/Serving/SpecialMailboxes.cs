namespace MailStore.Serving;

/// <summary>The mailboxes that a new user gets beside INBOX, so that a mail program has a place for what it sends and removes. RFC 6154 §2.</summary>
static class SpecialMailboxes
{
    static readonly SpecialUse[] Uses = [SpecialUse.Drafts, SpecialUse.Sent, SpecialUse.Archive, SpecialUse.Junk, SpecialUse.Trash];

    /// <summary>Makes them, and subscribes to them and to INBOX: many programs show nothing else.</summary>
    public static async Task CreateAsync(IUser user, CancellationToken cancellationToken)
    {
        await user.SetSubscribedAsync(MailboxName.Inbox, true, cancellationToken);
        foreach (var use in Uses)
        {
            var name = MailboxName.Parse(use.ToString());
            await user.CreateMailboxAsync(name, new CreateOptions { SpecialUse = use }, cancellationToken);
            await user.SetSubscribedAsync(name, true, cancellationToken);
        }
    }
}
