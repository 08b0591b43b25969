namespace Imap.Server.Extensions.Notify;

/// <summary>Which mailboxes are meant: a closed family. RFC 5465 §6.</summary>
abstract record NotifyFilter
{
    NotifyFilter()
    {
    }

    /// <summary>Whether a mailbox that is not selected is meant.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isSubscribed">Whether the user has subscribed to it.</param>
    public abstract bool Includes(MailboxName name, bool isSubscribed);

    /// <summary>"selected", or "selected-delayed" where <paramref name="IsDelayed"/>. §6.1.</summary>
    public sealed record Selected(bool IsDelayed) : NotifyFilter
    {
        public override bool Includes(MailboxName name, bool isSubscribed) => false;
    }

    /// <summary>"personal", and "inboxes", which is the same where mail may be delivered anywhere. §6.2-6.3.</summary>
    public sealed record Personal : NotifyFilter
    {
        public override bool Includes(MailboxName name, bool isSubscribed) => !OtherUsers.Contains(name);
    }

    /// <summary>"subscribed". §6.4.</summary>
    public sealed record Subscribed : NotifyFilter
    {
        public override bool Includes(MailboxName name, bool isSubscribed) => isSubscribed;
    }

    /// <summary>"subtree": the names and all below them. §6.5.</summary>
    public sealed record Subtree(ImmutableArray<MailboxName> Names) : NotifyFilter
    {
        public override bool Includes(MailboxName name, bool isSubscribed) => Names.Any(top => name == top || name.IsInferiorTo(top));
    }

    /// <summary>"mailboxes": the names themselves. §6.6.</summary>
    public sealed record Named(ImmutableArray<MailboxName> Names) : NotifyFilter
    {
        public override bool Includes(MailboxName name, bool isSubscribed) => Names.Contains(name);
    }
}
