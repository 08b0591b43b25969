using Backend.EfCore.Messages;
using Backend.Mime;
using Backend.Mime.Sorting;

namespace Backend.EfCore.Search;

/// <summary>Decides about a message that the database could not decide about: from what is kept of it, and from its octets where that is not all.</summary>
sealed class CandidateCheck(MailStoreDatabase database, SearchMailbox mailbox, SearchKey key)
{
    /// <summary>False also when the message is gone meanwhile.</summary>
    public async Task<bool> MatchesAsync(long uid, CancellationToken cancellationToken)
    {
        var candidate = await database.ReadAsync(mailbox.Handle.Lease, (context, token) => ReadAsync(context, uid, token), cancellationToken);
        return candidate is not null && await CriteriaMatcher.MatchesAsync(key, candidate, cancellationToken);
    }

    async Task<SearchCandidate?> ReadAsync(MailStoreContext context, long uid, CancellationToken cancellationToken)
    {
        var found = await UidSelection.Between(context, mailbox.Row, uid, uid)
            .Join(context.Contents, static message => new { message.UserId, message.ContentId }, static content => new { content.UserId, content.ContentId }, static (message, content) => new { message, content })
            .Join(context.ContentTexts, static each => new { each.message.UserId, each.message.ContentId }, static text => new { text.UserId, text.ContentId }, (each, text) => new
            {
                each.message,
                each.content.Origin,
                each.content.SentDay,
                each.content.IsTextComplete,
                each.content.Subject,
                each.content.From,
                each.content.To,
                each.content.Cc,
                ThreadId = context.ContentSorts.Where(sort => sort.UserId == each.message.UserId && sort.ContentId == each.message.ContentId).Select(static sort => (long?)sort.ThreadId).FirstOrDefault(),
                text,
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return null;
        var flags = new MessageFlagReader(database, mailbox.Keywords, mailbox.Handle, mailbox.Row);
        await flags.PrepareAsync(context, uid, uid, found.message.Flags, cancellationToken);
        var uids = mailbox.Uids;
        return new SearchCandidate
        {
            Uid = new Uid((uint)uid),
            SequenceNumber = new SequenceNumber(uids is null ? 1 : (uint)(uids.BinarySearch((uint)uid) + 1)),
            HighestUid = new Uid(uids is { Count: > 0 } ? uids[^1] : uint.MaxValue),
            HighestSequenceNumber = new SequenceNumber((uint)(uids?.Count ?? 1)),
            Flags = flags.ToFlags(uid, found.message.Flags),
            InternalDate = DateTimeOffset.FromUnixTimeSeconds(found.message.InternalDate).ToOffset(TimeSpan.FromMinutes(found.message.InternalOffset)),
            SaveDate = DateTimeOffset.FromUnixTimeSeconds(found.message.SaveDate),
            ModSeq = new ModSeq(found.message.ModSeq),
            Now = DateTimeOffset.FromUnixTimeSeconds(mailbox.Now),
            Size = found.message.Size,
            EmailId = found.Origin ?? ObjectIds.Email(mailbox.Row.UserId, found.message.ContentId),
            ThreadId = found.ThreadId is { } thread ? ObjectIds.Thread(thread) : null,
            SentDate = found.SentDay is { } day ? new DateTimeOffset(DateOnly.FromDayNumber(day), TimeOnly.MinValue, TimeSpan.Zero) : null,
            Text = new FoldedText
            {
                Subject = found.Subject,
                From = found.From,
                To = found.To,
                Cc = found.Cc,
                Header = found.text.Header,
                PartHeader = found.text.PartHeader,
                Body = found.text.Body,
                IsComplete = found.IsTextComplete,
            },
            OpenAsync = _ => ValueTask.FromResult<Stream>(new ContentStream(database, mailbox.Handle.Lease, found.message.ContentId, found.message.Size)),
        };
    }
}
