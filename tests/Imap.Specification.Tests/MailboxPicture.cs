namespace Imap.Specification.Tests;

/// <summary>
/// What a client believes of a mailbox, built from nothing but what it was told, and what it keeps of that when it leaves. What cannot be
/// true together with what was told before is an error. RFC 9051 §7.4-7.5; RFC 7162 §3.2.10, §6.
/// </summary>
public sealed class MailboxPicture
{
    /// <summary>The messages by sequence number; while it <see cref="IsResynchronizing"/>, those known by UID.</summary>
    public List<MessagePicture> Messages { get; } = [];

    /// <summary>The number of messages that the client was told.</summary>
    public int Exists { get; private set; }

    /// <summary>The UIDVALIDITY; null before the first SELECT.</summary>
    public uint? UidValidity { get; set; }

    /// <summary>Up to where the client thinks it knows everything.</summary>
    public long HighestModSeq { get; set; }

    /// <summary>Whether the client, having come again, has not yet been told all that it missed: then numbers mean nothing to it.</summary>
    public bool IsResynchronizing { get; private set; }

    /// <summary>
    /// What a client that comes again begins with: the messages it knew, by UID, up to the first that it did not. Whoever cannot ask what it
    /// missed begins with nothing.
    /// </summary>
    public void Reopen(bool keep)
    {
        var known = keep ? Messages.TakeWhile(static message => message.Uid is not null).Count() : 0;
        Messages.RemoveRange(known, Messages.Count - known);
        Exists = 0;
        IsResynchronizing = keep;
    }

    /// <summary>The client has been told all that it missed: from here on numbers mean what they say.</summary>
    public void Resynchronized()
    {
        if (!IsResynchronizing)
            return;
        IsResynchronizing = false;
        if (Messages.Count > Exists)
            throw new InvalidDataException($"Of {Messages.Count} messages that are known {Exists} are there, and nobody said which are gone.");
        Fill();
    }

    /// <summary>EXISTS.</summary>
    public void SetExists(int count)
    {
        if (count < Exists)
            throw new InvalidDataException($"EXISTS fell from {Exists}.");
        Exists = count;
        if (!IsResynchronizing)
            Fill();
    }

    /// <summary>EXPUNGE.</summary>
    public void Expunge(int number)
    {
        if (IsResynchronizing || number < 1 || number > Exists)
            throw new InvalidDataException($"There are {Exists} messages.");
        Messages.RemoveAt(number - 1);
        Exists--;
    }

    /// <summary>VANISHED, for one UID: each is one message that the client has been told of.</summary>
    public void Vanish(uint uid)
    {
        var at = Messages.FindIndex(message => message.Uid == uid);
        if (at < 0 && !IsResynchronizing)
        {
            // One of those that the client knows of by number alone, between those next to it that it knows.
            at = Messages.FindLastIndex(message => message.Uid < uid) + 1;
            if (at == Messages.Count || Messages[at].Uid is not null)
                throw new InvalidDataException($"No message has UID {uid}.");
        }

        if (at >= 0)
            Messages.RemoveAt(at);
        Exists--;
    }

    /// <summary>VANISHED (EARLIER), for one UID: no number goes with it.</summary>
    public void VanishEarlier(uint uid)
    {
        var at = Messages.FindIndex(message => message.Uid == uid);
        if (at >= 0 && !IsResynchronizing)
            throw new InvalidDataException($"UID {uid} has number {at + 1}.");
        if (at >= 0)
            Messages.RemoveAt(at);
    }

    /// <summary>The message that a FETCH response is about.</summary>
    public MessagePicture Fetched(int number, uint? uid)
    {
        if (number < 1 || number > Exists)
            throw new InvalidDataException($"There are {Exists} messages.");
        var message = IsResynchronizing ? ByUid(uid ?? throw new InvalidDataException("There is no UID.")) : Messages[number - 1];
        if (uid is not null && message.Uid is not null && message.Uid != uid)
            throw new InvalidDataException($"Number {number} is UID {message.Uid}.");
        message.Uid ??= uid;
        return message;
    }

    MessagePicture ByUid(uint uid)
    {
        var at = Messages.FindIndex(message => message.Uid >= uid);
        if (at >= 0 && Messages[at].Uid == uid)
            return Messages[at];
        var message = new MessagePicture { Uid = uid };
        Messages.Insert(at < 0 ? Messages.Count : at, message);
        return message;
    }

    void Fill()
    {
        while (Messages.Count < Exists)
            Messages.Add(new MessagePicture());
    }
}
