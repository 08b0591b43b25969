using Backend.EfCore.Entities;
using Backend.EfCore.Mailboxes;
using Backend.EfCore.Sharing;
using Backend.EfCore.Sorting;
using Backend.EfCore.Tenancy;
using Backend.EfCore.Writing;
using Backend.Mime;
using Backend.Mime.Sorting;

namespace Backend.EfCore.Messages;

/// <summary>APPEND of all that wait: one look at each mailbox's row, one SaveChanges for each user. RFC 9051 §6.3.12.</summary>
sealed class AppendMessages(MailStoreDatabase database, WriteScope scope)
{
    /// <summary>So many octets of messages wait in memory to be written together, and no more.</summary>
    const long MaxWaiting = 4 * 1024 * 1024;

    readonly MailStoreContext context = scope.Context;
    readonly List<object> added = [];
    long waiting;
    QuotaRoom? room;

    /// <summary>Lets messages that have come wait for their turn.</summary>
    public static async Task<AppendedData> ExecuteAsync(MailStoreDatabase database, MailboxHandle mailbox, KeywordDictionary keywords, ArrivedMessages messages, CancellationToken cancellationToken)
    {
        var append = new PendingAppend(database, mailbox, keywords, messages, cancellationToken);
        await database.EnqueueAsync(append, cancellationToken);
        var appended = await append.Task;
        database.TextIndexer.Wake(mailbox.UserId);
        return appended;
    }

    public async Task ExecuteAsync(IReadOnlyList<PendingAppend> appends, CancellationToken cancellationToken)
    {
        // In the order of keys, as everybody does: so two groups never wait for each other.
        foreach (var user in appends.GroupBy(static append => append.Mailbox.UserId).OrderBy(static user => user.Key))
        {
            scope.Use(Lease.ForUser(user.Key));
            await AppendAsync([.. user], cancellationToken);
        }
    }

    /// <summary>Appends the messages of one user: first keywords, whose lock is the user's, then mailbox by mailbox.</summary>
    async Task AppendAsync(IReadOnlyList<PendingAppend> appends, CancellationToken cancellationToken)
    {
        foreach (var append in appends)
            (append.Appended, append.Refused) = (null, null);
        // What gives rights is held before the user's row, as everybody does who takes both.
        foreach (var append in appends.OrderBy(static append => append.Mailbox.MailboxId))
            await TryAsync(append, () => HoldRightsAsync(append, cancellationToken));
        // All are of one user, and so is the room: whoever of them is told more looks for all.
        var lease = appends.Select(static append => append.Mailbox.Lease).OrderBy(static lease => lease.IsSession).First();
        room = await QuotaRoom.OpenAsync(database, scope, lease, cancellationToken);
        foreach (var append in appends.Where(static append => append.Refused is null))
            await TryAsync(append, () => TakeFlagsAsync(append.Keywords, append.Messages, append.Mailbox.Rights, cancellationToken));
        foreach (var group in appends.GroupBy(static append => append.Mailbox.MailboxId).OrderBy(static group => group.Key))
        {
            var handle = group.First().Mailbox;
            var mailbox = await database.Dialect.LockMailboxAsync(context, handle.UserId, handle.MailboxId, cancellationToken);
            foreach (var append in group.Where(static append => append.Refused is null))
                await AppendAsync(append, mailbox, cancellationToken);
            if (mailbox is not null)
                scope.PublishAfterCommit(MailboxStatuses.Update(handle.Username, mailbox));
        }

        await SaveAsync(cancellationToken);
    }

    /// <summary>Finds what flags are in the database, for all messages of one append together: too many keywords refuse it as a whole.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.Limit"/>.</exception>
    public async Task TakeFlagsAsync(KeywordDictionary keywords, IReadOnlyList<ArrivedMessage> messages, MailboxRights rights, CancellationToken cancellationToken)
    {
        var groups = messages.GroupBy(message => FlagRights.Allowed(message.Options.Flags, rights)).ToList();
        if (groups.Count > 1)
            await keywords.ToMaskAsync(scope, groups.Aggregate(FlagSet.Empty, static (all, group) => all.Union(group.Key)), cancellationToken);
        foreach (var group in groups)
        {
            var mask = await keywords.ToMaskAsync(scope, group.Key, cancellationToken);
            foreach (var message in group)
                message.Mask = mask;
        }
    }

    /// <summary>Lets whoever may not append to the mailbox fail alone.</summary>
    async Task HoldRightsAsync(PendingAppend append, CancellationToken cancellationToken)
    {
        if (append.Mailbox.Guest is not { } guest)
            return;
        guest.Rights = await database.Guests.HoldAsync(context, append.Mailbox.UserId, guest, cancellationToken);
        GuestCheck.Require(guest.Rights, MailboxRights.Insert);
    }

    static async Task TryAsync(PendingAppend append, Func<Task> prepare)
    {
        try
        {
            await prepare();
        }
        catch (BackendException refused)
        {
            append.Refused = refused;
        }
    }

    async Task AppendAsync(PendingAppend append, MailboxEntity? mailbox, CancellationToken cancellationToken)
    {
        if (mailbox is not { Selectable: true })
            append.Refused = MailboxTree.NoSuchMailbox(append.Mailbox.Name);
        else if (!HasUids(mailbox, append.Messages.Count))
            append.Refused = NoUids();
        else if (room?.TryTake(append.Weight, append.Messages.Count) == false)
            append.Refused = QuotaRoom.OverQuota();
        else
            append.Appended = await AddAsync(append.Messages, mailbox, cancellationToken);
    }

    static bool HasUids(MailboxEntity mailbox, int count) => mailbox.UidNext + count - 1 <= uint.MaxValue;

    static BackendException NoUids() => new(BackendError.Limit, "The mailbox has given out all of its UIDs. Move the mail to a new one.");

    /// <summary>Adds messages, whose flags were taken, to a mailbox that is locked. They are written by <see cref="SaveAsync"/>.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.Limit"/>: too few UIDs left.</exception>
    public async Task<AppendedData> AddAsync(IReadOnlyList<ArrivedMessage> messages, MailboxEntity mailbox, CancellationToken cancellationToken)
    {
        if (!HasUids(mailbox, messages.Count))
            throw NoUids();
        var first = mailbox.UidNext;
        foreach (var message in messages)
        {
            await AddAsync(message, mailbox, cancellationToken);
            if (waiting > MaxWaiting)
                await SaveAsync(cancellationToken);
        }

        return new AppendedData(new UidValidity((uint)mailbox.UidValidity), UidSet.Between(new Uid((uint)first), new Uid((uint)(mailbox.UidNext - 1))));
    }

    async Task AddAsync(ArrivedMessage message, MailboxEntity mailbox, CancellationToken cancellationToken)
    {
        var parsed = await message.ParseAsync(cancellationToken);
        var uid = mailbox.UidNext++;
        var contentId = ((long)mailbox.MailboxId << 32) | uid;
        var date = message.Options.InternalDate ?? scope.Now;
        mailbox.HighestModSeq++;
        mailbox.Messages++;
        mailbox.Bytes += message.Body.Length;
        mailbox.Unseen += (message.Mask.Bits & FlagBits.Seen) == 0 ? 1 : 0;
        mailbox.Deleted += (message.Mask.Bits & FlagBits.Deleted) != 0 ? 1 : 0;
        Add(Content(parsed, mailbox.UserId, contentId));
        Add(new ContentTextEntity
        {
            UserId = mailbox.UserId,
            ContentId = contentId,
            Header = parsed.Text.Header,
            PartHeader = parsed.Text.PartHeader,
            Body = parsed.Text.Body,
        });
        Add(SortRows.Make(mailbox.UserId, contentId, origin: null, SortValues.Of(parsed.Envelope, parsed.CommonHeaderFields.Span)));
        Add(new MessageEntity
        {
            UserId = mailbox.UserId,
            MailboxId = mailbox.MailboxId,
            Uid = uid,
            ContentId = contentId,
            Flags = message.Mask.Column,
            ModSeq = mailbox.HighestModSeq,
            InternalDate = date.ToUnixTimeSeconds(),
            InternalOffset = (short)date.Offset.TotalMinutes,
            SaveDate = scope.Now.ToUnixTimeSeconds(),
            Size = message.Body.Length,
        });
        foreach (var keyword in message.Mask.More)
            Add(new MessageKeywordEntity { UserId = mailbox.UserId, MailboxId = mailbox.MailboxId, Uid = uid, KeywordId = keyword });
        await AddChunksAsync(message.Body, mailbox.UserId, contentId, cancellationToken);
    }

    static ContentEntity Content(ParsedMessage parsed, int userId, long contentId) =>
        new()
        {
            UserId = userId,
            ContentId = contentId,
            Size = parsed.Size,
            SentDay = parsed.SentDate is { } sent ? DateOnly.FromDateTime(sent.DateTime).DayNumber : null,
            SentDate = parsed.SentDate?.ToUnixTimeSeconds(),
            MessageId = parsed.MessageId,
            Subject = parsed.Text.Subject,
            From = parsed.Text.From,
            To = parsed.Text.To,
            Cc = parsed.Text.Cc,
            Envelope = parsed.Envelope.Encoded.ToArray(),
            BodyStructure = parsed.BodyStructure.Encoded.ToArray(),
            Layout = parsed.Layout.Encode(),
            HeaderFields = parsed.CommonHeaderFields.ToArray(),
            Preview = parsed.Preview,
            IsTextComplete = parsed.Text.IsComplete,
        };

    async Task AddChunksAsync(SpooledBody body, int userId, long contentId, CancellationToken cancellationToken)
    {
        body.Position = 0;
        for (var number = 0; body.Position < body.Length; number++)
        {
            var octets = new byte[Math.Min(ContentChunkEntity.Size, body.Length - body.Position)];
            body.ReadExactly(octets);
            Add(new ContentChunkEntity { UserId = userId, ContentId = contentId, Chunk = number, Octets = octets });
            waiting += octets.Length;
            if (waiting > MaxWaiting)
                await SaveAsync(cancellationToken);
        }
    }

    void Add(object entity)
    {
        context.Add(entity);
        added.Add(entity);
    }

    /// <summary>Writes what waits. It is not needed any longer then.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        await context.SaveChangesAsync(cancellationToken);
        foreach (var entity in added)
            context.Entry(entity).State = EntityState.Detached;
        added.Clear();
        waiting = 0;
    }
}
