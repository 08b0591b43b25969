using Backend.EfCore.Entities;
using Backend.EfCore.Mailboxes;
using Backend.EfCore.Sharing;
using Backend.EfCore.Sorting;
using Backend.EfCore.Tenancy;
using Backend.EfCore.Writing;
using Backend.Mime;

namespace Backend.EfCore.Messages;

/// <summary>APPEND of all that wait: one look at each mailbox's row, one SaveChanges for each user. RFC 9051 §6.3.12.</summary>
sealed class AppendMessages(MailStoreDatabase database, WriteScope scope)
{
    /// <summary>A larger message's chunks are written piece by piece and never stand in memory together.</summary>
    const int MaxChunksAtOnce = 4;

    readonly MailStoreContext context = scope.Context;
    QuotaRoom? room;

    /// <summary>Takes a message in, parses it outside any transaction and waits for its turn.</summary>
    public static async Task<AppendData> ExecuteAsync(MailStoreDatabase database, MailboxHandle mailbox, KeywordDictionary keywords, Stream body, AppendOptions options, CancellationToken cancellationToken)
    {
        await using var spooled = await SpooledBody.ReadAsync(body, database.Options, cancellationToken);
        var parsed = await Mime.MessageParser.ParseAsync(spooled.Stream, cancellationToken);
        var append = new PendingAppend(database, mailbox, keywords, spooled, parsed, options, cancellationToken);
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
        // All are of one user, and so is the room: whoever of them is told more looks for all.
        var lease = appends.Select(static append => append.Mailbox.Lease).OrderBy(static lease => lease.IsSession).First();
        room = await QuotaRoom.OpenAsync(database, scope, lease, cancellationToken);
        foreach (var append in appends)
            await PrepareAsync(append, cancellationToken);
        foreach (var group in appends.GroupBy(static append => append.Mailbox.MailboxId).OrderBy(static group => group.Key))
        {
            var handle = group.First().Mailbox;
            var mailbox = await database.Dialect.LockMailboxAsync(context, handle.UserId, handle.MailboxId, cancellationToken);
            foreach (var append in group.Where(static append => append.Refused is null))
                Append(append, mailbox);
            if (mailbox is not null)
                scope.PublishAfterCommit(MailboxStatuses.Update(handle.Username, mailbox));
        }

        await context.SaveChangesAsync(cancellationToken);
        foreach (var append in appends.Where(static append => append.Appended is not null))
            await WriteLargeAsync(append, cancellationToken);
    }

    async Task PrepareAsync(PendingAppend append, CancellationToken cancellationToken)
    {
        (append.Appended, append.Refused) = (null, null);
        try
        {
            var flags = append.Options.Flags;
            if (append.Mailbox.Guest is { } guest)
            {
                guest.Rights = await database.Guests.HoldAsync(context, append.Mailbox.UserId, guest, cancellationToken);
                GuestCheck.Require(guest.Rights, MailboxRights.Insert);
                flags = FlagRights.Allowed(flags, guest.Rights);
            }

            append.Mask = await append.Keywords.ToMaskAsync(scope, flags, cancellationToken);
        }
        catch (BackendException refused)
        {
            append.Refused = refused;
        }
    }

    void Append(PendingAppend append, MailboxEntity? mailbox)
    {
        if (mailbox is not { Selectable: true })
            append.Refused = MailboxTree.NoSuchMailbox(append.Mailbox.Name);
        else if (mailbox.UidNext > uint.MaxValue)
            append.Refused = new BackendException(BackendError.Limit, "The mailbox has given out all of its UIDs. Move the mail to a new one.");
        else if (room?.TryTake(append.Body.Length, 1) == false)
            append.Refused = QuotaRoom.OverQuota();
        else
            Add(append, mailbox, append.Mask);
    }

    void Add(PendingAppend append, MailboxEntity mailbox, FlagMask mask)
    {
        var uid = mailbox.UidNext++;
        var contentId = ((long)mailbox.MailboxId << 32) | uid;
        var date = append.Options.InternalDate ?? scope.Now;
        mailbox.HighestModSeq++;
        mailbox.Messages++;
        mailbox.Bytes += append.Body.Length;
        mailbox.Unseen += (mask.Bits & FlagBits.Seen) == 0 ? 1 : 0;
        mailbox.Deleted += (mask.Bits & FlagBits.Deleted) != 0 ? 1 : 0;
        context.Add(Content(append, mailbox.UserId, contentId));
        context.Add(new ContentTextEntity
        {
            UserId = mailbox.UserId,
            ContentId = contentId,
            Header = append.Parsed.Text.Header,
            PartHeader = append.Parsed.Text.PartHeader,
            Body = append.Parsed.Text.Body,
        });
        context.Add(SortRows.Make(mailbox.UserId, contentId, append.SortValues));
        context.Add(new MessageEntity
        {
            UserId = mailbox.UserId,
            MailboxId = mailbox.MailboxId,
            Uid = uid,
            ContentId = contentId,
            Flags = mask.Column,
            ModSeq = mailbox.HighestModSeq,
            InternalDate = date.ToUnixTimeSeconds(),
            InternalOffset = (short)date.Offset.TotalMinutes,
            SaveDate = scope.Now.ToUnixTimeSeconds(),
            Size = append.Body.Length,
        });
        foreach (var keyword in mask.More)
            context.Add(new MessageKeywordEntity { UserId = mailbox.UserId, MailboxId = mailbox.MailboxId, Uid = uid, KeywordId = keyword });
        if (!IsLarge(append))
            AddChunks(append, mailbox.UserId, contentId);
        append.Appended = new AppendData(new UidValidity((uint)mailbox.UidValidity), new Uid((uint)uid));
    }

    static ContentEntity Content(PendingAppend append, int userId, long contentId)
    {
        var parsed = append.Parsed;
        return new ContentEntity
        {
            UserId = userId,
            ContentId = contentId,
            Size = append.Body.Length,
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
    }

    static bool IsLarge(PendingAppend append) => append.Body.Length > MaxChunksAtOnce * ContentChunkEntity.Size;

    void AddChunks(PendingAppend append, int userId, long contentId)
    {
        append.Body.Stream.Position = 0;
        for (var number = 0; append.Body.Stream.Position < append.Body.Length; number++)
            context.Add(ReadChunk(append, userId, contentId, number));
    }

    async Task WriteLargeAsync(PendingAppend append, CancellationToken cancellationToken)
    {
        if (!IsLarge(append))
            return;
        var contentId = ((long)append.Mailbox.MailboxId << 32) | append.Appended!.Uid.Value;
        append.Body.Stream.Position = 0;
        for (var number = 0; append.Body.Stream.Position < append.Body.Length; number++)
        {
            var entry = context.Add(ReadChunk(append, append.Mailbox.UserId, contentId, number));
            await context.SaveChangesAsync(cancellationToken);
            entry.State = EntityState.Detached;
        }
    }

    static ContentChunkEntity ReadChunk(PendingAppend append, int userId, long contentId, int number)
    {
        var octets = new byte[Math.Min(ContentChunkEntity.Size, append.Body.Length - append.Body.Stream.Position)];
        append.Body.Stream.ReadExactly(octets);
        return new ContentChunkEntity { UserId = userId, ContentId = contentId, Chunk = number, Octets = octets };
    }
}
