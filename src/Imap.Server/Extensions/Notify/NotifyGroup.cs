using Imap.Server.Registry;

namespace Imap.Server.Extensions.Notify;

/// <summary>Events of some mailboxes. RFC 5465 §8 (event-group).</summary>
/// <param name="Filter">Which mailboxes.</param>
/// <param name="Events">Which events.</param>
/// <param name="Items">What is told of each new message, where the mailbox is the selected one.</param>
sealed record NotifyGroup(NotifyFilter Filter, NotifyEvents Events, ImmutableArray<FetchItem> Items);
