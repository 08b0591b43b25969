using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Commands;

/// <summary>A FETCH that modifiers may change before it is answered. RFC 4466 §2.4.</summary>
sealed class FetchRequest
{
    public FetchRequest(ImapSession session, NumberSet messages, ImmutableArray<FetchItem> items, ImmutableArray<FetchModifier> modifiers)
    {
        (Session, Messages, Modifiers) = (session, messages, modifiers);
        Uids = session.Selected.View.ToUids(messages);
        Items = [.. items];
        List = session.Selected.Mailbox.ListMessagesAsync;
    }

    public ImapSession Session { get; }

    /// <summary>The messages as the client named them.</summary>
    public NumberSet Messages { get; }

    /// <summary>Whether it is UID FETCH.</summary>
    public bool ByUid => Session.IsUidCommand;

    /// <summary>What else was asked of it.</summary>
    public ImmutableArray<FetchModifier> Modifiers { get; }

    /// <summary>The messages that it is about: those named, or fewer.</summary>
    public UidSet Uids { get; set; }

    /// <summary>Whether it is known that not all of <see cref="Uids"/> are answered, although none is gone.</summary>
    public bool IsSelective { get; set; }

    /// <summary>The data items that are answered.</summary>
    public List<FetchItem> Items { get; }

    /// <summary>Lists messages.</summary>
    public Func<NumberSet, FetchItems, CancellationToken, IAsyncEnumerable<Message>> List { get; set; }
}
