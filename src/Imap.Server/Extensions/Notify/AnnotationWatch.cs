using System.Buffers.Binary;
using System.Security.Cryptography;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions.Notify;

/// <summary>
/// The annotations that a client has been told of. As of mailboxes, what is told is the difference between what was and what is, and so is what was
/// removed; those of a mailbox are looked at again when its modification sequence says that something has changed. RFC 5465 §5.6-5.7.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="watchesServer">Whether those of the server are watched.</param>
/// <param name="isWatched">Whether those of a mailbox are.</param>
sealed class AnnotationWatch(ImapSession session, bool watchesServer, Func<MailboxPicture, MailboxName, bool> isWatched)
{
    static readonly string[] Roots = ["/private", "/shared"];
    static readonly Known Nothing = new(null, null, []);

    readonly HashSet<MailboxName> hinted = [];
    readonly List<(MailboxName? Mailbox, MetadataEntry Entry)> own = [];
    Dictionary<MailboxName, Known> mailboxes = [];
    Known server = Nothing;
    bool isAnyHinted;

    /// <summary>Takes a hint that something has happened to a mailbox, or to anything where it is null.</summary>
    public void Hear(MailboxName? mailbox)
    {
        if (mailbox is { } name)
            hinted.Add(name);
        else
            isAnyHinted = true;
    }

    /// <summary>Takes note of what the client has set itself.</summary>
    public void Own(MailboxName? mailbox, IReadOnlyCollection<MetadataEntry> entries)
    {
        own.AddRange(entries.Select(entry => (mailbox, entry)));
        Hear(mailbox);
    }

    /// <summary>Takes note of how everything is at first.</summary>
    public async ValueTask BeginAsync(MailboxPicture picture, CancellationToken cancellationToken)
    {
        foreach (var name in picture.Names.Where(name => picture.IsOpen(name) && isWatched(picture, name)))
            if (await ReadAsync(name, picture.StatusOf(name), cancellationToken) is { } known)
                mailboxes.Add(name, known);
        if (watchesServer)
            server = await ReadAsync(null, null, cancellationToken) ?? Nothing;
    }

    /// <summary>Tells what has changed since the last time.</summary>
    /// <param name="before">The mailboxes then.</param>
    /// <param name="after">The mailboxes now.</param>
    /// <param name="isOwn">Whether the client has made a mailbox itself since.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask TellAsync(MailboxPicture before, MailboxPicture after, Func<MailboxName, bool> isOwn, CancellationToken cancellationToken)
    {
        var now = new Dictionary<MailboxName, Known>();
        foreach (var name in after.Names.Where(name => after.IsOpen(name) && isWatched(after, name)).Order())
        {
            var status = after.StatusOf(name);
            var known = KnownOf(before, after, name, isOwn);
            var current = known is not null && IsStill(known, name, status) ? known : await ReadAsync(name, status, cancellationToken) ?? known;
            if (known is not null)
                Tell(name, known, current!);
            if (current is not null)
                now.Add(name, current);
        }

        mailboxes = now;
        if (watchesServer && isAnyHinted && await ReadAsync(null, null, cancellationToken) is { } changed)
        {
            Tell(null, server, changed);
            server = changed;
        }

        own.Clear();
        hinted.Clear();
        isAnyHinted = false;
    }

    /// <summary>What the client knows of a mailbox; null where it knows nothing but has asked for changes only.</summary>
    Known? KnownOf(MailboxPicture before, MailboxPicture after, MailboxName name, Func<MailboxName, bool> isOwn)
    {
        if (after.StatusOf(name)?.MailboxId is { } id && before.NameOf(id) is { } old)
            return mailboxes.GetValueOrDefault(old);
        return before.Has(name) || isOwn(name) ? mailboxes.GetValueOrDefault(name) : Nothing;
    }

    // A name that cannot be selected has no modification sequence to go by.
    bool IsStill(Known known, MailboxName name, MailboxStatus? status) =>
        status is null ? known.Id is null && known != Nothing && !isAnyHinted && !hinted.Contains(name) : known.Id == status.MailboxId && known.ModSeq == status.HighestModSeq;

    void Tell(MailboxName? mailbox, Known known, Known current)
    {
        var changed = known.Values.Keys.Union(current.Values.Keys)
            .Where(entry => Value(known, entry) != Value(current, entry) && !IsOwn(mailbox, entry, Value(current, entry)))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (changed.Count > 0)
            session.Writer.ChangedMetadata(mailbox, changed);
    }

    static UInt128? Value(Known known, string entry) => known.Values.TryGetValue(entry, out var value) ? value : null;

    bool IsOwn(MailboxName? mailbox, string entry, UInt128? value) =>
        own.Exists(each => each.Mailbox == mailbox && each.Entry.Name == entry && (each.Entry.Value is { } set ? Digest(set.Span) : default(UInt128?)) == value);

    /// <summary>How the annotations are; null where the mailbox has gone meanwhile, or the right to see them.</summary>
    async ValueTask<Known?> ReadAsync(MailboxName? mailbox, MailboxStatus? status, CancellationToken cancellationToken)
    {
        try
        {
            var entries = await ((IMetadataUser)session.User).GetMetadataAsync(mailbox, Roots, withInferiors: true, cancellationToken);
            return new Known(status?.MailboxId, status?.HighestModSeq, entries.ToDictionary(static entry => entry.Name, static entry => Digest(entry.Value!.Value.Span)));
        }
        catch (BackendException exception) when (exception.Error is BackendError.NoSuchMailbox or BackendError.NoPermission)
        {
            return null;
        }
    }

    // Values can be long; that one is another can be told without them.
    static UInt128 Digest(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(value));

    sealed record Known(MailboxId? Id, ModSeq? ModSeq, Dictionary<string, UInt128> Values);
}
