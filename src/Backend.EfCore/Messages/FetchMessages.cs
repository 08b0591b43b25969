using System.Runtime.CompilerServices;
using Backend.EfCore.Entities;
using Backend.EfCore.Mailboxes;
using Backend.EfCore.Queries;
using Backend.Mime;

namespace Backend.EfCore.Messages;

/// <summary>
/// FETCH, a page at a time: each page is read whole before any of it is handed out, so nothing is open in the database while a client
/// takes its time, and a page's octets are bounded. RFC 9051 §6.4.5.
/// </summary>
sealed class FetchMessages(MailStoreDatabase database, MailboxHandle handle, KeywordDictionary keywords, FetchItems items)
{
    const int PageOfRows = 2000;
    const int PageOfContents = 250;

    /// <summary>A page holds no more octets of bodies than this; a larger message is read chunk by chunk when it is its turn.</summary>
    const long PageOctets = 2 * 1024 * 1024;

    readonly bool wantsContent = items.Sections.Length > 0 || (items.Attributes & (FetchAttributes.Envelope | FetchAttributes.BodyStructure)) != 0;
    readonly bool commonFieldsSuffice = items.Sections.All(static item => item.Section is { Text: SectionText.HeaderFields, Part.IsEmpty: true } section && HeaderFields.CoveredByCommon(section.Fields));

    public async IAsyncEnumerable<Message> ExecuteAsync(NumberSet messages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (mailbox, selection, ranks) = await database.ReadConsistentlyAsync(handle.Lease, (context, token) => ResolveAsync(context, messages, token), cancellationToken);
        var flags = new MessageFlagReader(database, keywords, handle, mailbox);
        foreach (var stretch in selection.Stretches())
        {
            var next = (long)stretch.First;
            while (next <= stretch.Last)
            {
                var first = next;
                var page = await database.ReadConsistentlyAsync(handle.Lease, (context, token) => ReadPageAsync(context, selection, flags, first, stretch.Last, token), cancellationToken);
                foreach (var message in page.Messages)
                    yield return ranks is null ? message : message with { SequenceNumber = new SequenceNumber((uint)(ranks.BinarySearch(message.Uid.Value) + 1)) };
                next = page.Next;
            }
        }
    }

    /// <summary>What the set names, and for sequence numbers the UIDs of the mailbox, of which a message's place is its number.</summary>
    async Task<(MailboxEntity Mailbox, UidSelection Selection, List<uint>? Ranks)> ResolveAsync(MailStoreContext context, NumberSet messages, CancellationToken cancellationToken)
    {
        var mailbox = await database.Queries.Mailboxes.ById(context, handle.UserId, handle.MailboxId, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(handle.Name);
        var selection = await UidSelection.ResolveAsync(database, context, mailbox, messages, cancellationToken);
        var ranks = messages is SequenceSet && !selection.IsEmpty
            ? await UidSelection.UidsAsync(database, context, mailbox, 1, selection.Last, cancellationToken)
            : null;
        return (mailbox, selection, ranks);
    }

    async Task<(List<Message> Messages, long Next)> ReadPageAsync(MailStoreContext context, UidSelection selection, MessageFlagReader flags, long first, long last, CancellationToken cancellationToken)
    {
        var (rows, next) = await ReadRowsAsync(context, selection, first, last, cancellationToken);
        if (rows.Count == 0)
            return ([], next);

        if ((items.Attributes & FetchAttributes.Flags) != 0)
            await flags.PrepareAsync(context, rows[0].Uid, rows[^1].Uid, rows.Aggregate(0L, static (all, row) => all | row.Flags), cancellationToken);
        var contents = wantsContent ? await ReadContentsAsync(context, rows, cancellationToken) : [];
        var bodies = new Dictionary<long, byte[]>();
        var page = new List<Message>(rows.Count);
        foreach (var row in rows)
        {
            ContentRow? content = null;
            if (wantsContent && !contents.TryGetValue(row.ContentId, out content))
                continue;
            if (NeedsBody && row.Size <= ContentChunkEntity.Size && await ReadBodyAsync(context, row, bodies, cancellationToken) is null)
                continue;
            page.Add(await MakeAsync(row, content, flags, bodies.GetValueOrDefault(row.ContentId), cancellationToken));
        }

        return (page, next);
    }

    /// <summary>The selected among the next messages, and the UID to go on from.</summary>
    async Task<(List<MessageRow> Rows, long Next)> ReadRowsAsync(MailStoreContext context, UidSelection selection, long first, long last, CancellationToken cancellationToken)
    {
        IReadOnlyList<NumberRange> ranges = selection.Ranges;
        var size = wantsContent ? PageOfContents : PageOfRows;
        var query = wantsContent || Has(FetchAttributes.InternalDate) || Has(FetchAttributes.Size) ? database.Queries.Messages.Rows : database.Queries.Messages.FlagsOnly;
        var rows = new List<MessageRow>();
        var (read, next) = (0, first);
        await foreach (var row in query(context, handle.UserId, handle.MailboxId, first, last, size).WithCancellation(cancellationToken))
        {
            (read, next) = (read + 1, row.Uid + 1);
            if (ranges.Hold(row.Uid))
                rows.Add(row);
        }

        if (TrimToBudget(rows))
            return (rows, rows[^1].Uid + 1);
        return (rows, read < size ? long.MaxValue : next);
    }

    bool NeedsBody => items.Sections.Length > 0 && !commonFieldsSuffice;

    /// <summary>Leaves in a page what together is within the budget, at least one message. True when something was taken out.</summary>
    bool TrimToBudget(List<MessageRow> rows)
    {
        if (!NeedsBody)
            return false;
        var octets = 0L;
        for (var i = 0; i < rows.Count; i++)
        {
            octets += Math.Min(rows[i].Size, ContentChunkEntity.Size);
            if (octets <= PageOctets || i == 0)
                continue;
            rows.RemoveRange(i, rows.Count - i);
            return true;
        }

        return false;
    }

    async Task<Dictionary<long, ContentRow>> ReadContentsAsync(MailStoreContext context, List<MessageRow> rows, CancellationToken cancellationToken)
    {
        var envelope = (items.Attributes & FetchAttributes.Envelope) != 0;
        var structure = (items.Attributes & FetchAttributes.BodyStructure) != 0;
        var fields = items.Sections.Length > 0 && commonFieldsSuffice;
        var (lowest, highest) = (rows.Min(static row => row.ContentId), rows.Max(static row => row.ContentId));
        // Contents of one mailbox's own messages lie side by side; those of copies lie elsewhere.
        var found = highest - lowest < 4L * rows.Count
            ? database.Queries.Contents.Between(context, handle.UserId, lowest, highest, envelope, structure, NeedsBody, fields)
            : ContentQueries.ById(context, handle.UserId, [.. rows.Select(static row => row.ContentId).Distinct()], envelope, structure, NeedsBody, fields);
        var contents = new Dictionary<long, ContentRow>(rows.Count);
        await foreach (var content in found.WithCancellation(cancellationToken))
            contents.Add(content.ContentId, content);
        return contents;
    }

    async Task<byte[]?> ReadBodyAsync(MailStoreContext context, MessageRow row, Dictionary<long, byte[]> bodies, CancellationToken cancellationToken)
    {
        if (bodies.TryGetValue(row.ContentId, out var known))
            return known;
        var octets = row.Size == 0 ? [] : await database.Queries.Contents.Chunk(context, handle.UserId, row.ContentId, 0, cancellationToken);
        if (octets is not null)
            bodies.Add(row.ContentId, octets);
        return octets;
    }

    async ValueTask<Message> MakeAsync(MessageRow row, ContentRow? content, MessageFlagReader flags, byte[]? body, CancellationToken cancellationToken) => new()
    {
        Uid = new Uid((uint)row.Uid),
        Flags = Has(FetchAttributes.Flags) ? flags.ToFlags(row.Uid, row.Flags) : null,
        InternalDate = Has(FetchAttributes.InternalDate) ? DateTimeOffset.FromUnixTimeSeconds(row.InternalDate).ToOffset(TimeSpan.FromMinutes(row.InternalOffset)) : null,
        Size = Has(FetchAttributes.Size) ? row.Size : null,
        ModSeq = Has(FetchAttributes.ModSeq) ? new ModSeq(row.ModSeq) : null,
        Envelope = content?.Envelope is { } envelope ? new Envelope(envelope) : null,
        BodyStructure = content?.BodyStructure is { } structure ? new BodyStructure(structure) : null,
        Sections = items.Sections.Length == 0 ? [] : await MakeSectionsAsync(row, content!, body, cancellationToken),
    };

    bool Has(FetchAttributes attribute) => (items.Attributes & attribute) != 0;

    async ValueTask<ImmutableArray<FetchedSection>> MakeSectionsAsync(MessageRow row, ContentRow content, byte[]? body, CancellationToken cancellationToken)
    {
        // A header whose common fields are too many to be kept has none of them kept.
        var layout = commonFieldsSuffice && content.HeaderFields is { Length: > 0 } ? null : await ReadLayoutAsync(content, cancellationToken);
        var sections = ImmutableArray.CreateBuilder<FetchedSection>(items.Sections.Length);
        foreach (var item in items.Sections)
        {
            var octets = layout is null
                ? Octets.FromMemory(HeaderFields.Select(content.HeaderFields, item.Section.Fields, not: false))
                : await MakeSectionAsync(row, layout, item.Section, body, cancellationToken);
            sections.Add(new FetchedSection(item, octets is null ? null : Cut(octets, item.Partial)));
        }

        return sections.MoveToImmutable();
    }

    async ValueTask<MessageLayout> ReadLayoutAsync(ContentRow content, CancellationToken cancellationToken)
    {
        var encoded = content.Layout ?? await database.ReadAsync(
            handle.Lease,
            async (context, token) =>
            {
                await foreach (var row in ContentQueries.ById(context, handle.UserId, [content.ContentId], envelope: false, structure: false, layout: true, fields: false).WithCancellation(token))
                    return row.Layout;
                return null;
            },
            cancellationToken);
        return MessageLayout.Decode(encoded ?? throw new BackendException(BackendError.Expunged, "The message has been expunged."));
    }

    async ValueTask<Octets?> MakeSectionAsync(MessageRow row, MessageLayout layout, Section section, byte[]? body, CancellationToken cancellationToken)
    {
        if (layout.Find(section) is not { } range)
            return null;
        Octets octets = body is not null
            ? Octets.FromMemory(body.AsMemory((int)range.Offset, (int)range.Length))
            : new StoredOctets(database, handle.Lease, row.ContentId, range.Offset, range.Length);
        return section.Text is SectionText.HeaderFields or SectionText.HeaderFieldsNot
            ? Octets.FromMemory(HeaderFields.Select(await octets.ToArrayAsync(cancellationToken), section.Fields, section.Text == SectionText.HeaderFieldsNot))
            : octets;
    }

    static Octets Cut(Octets octets, SectionPartial? partial)
    {
        if (partial is not { } stretch)
            return octets;
        var offset = Math.Min(stretch.Offset, octets.Length);
        var length = Math.Min(stretch.Count, octets.Length - offset);
        return octets is StoredOctets stored
            ? stored.Slice(offset, length)
            : octets.TryGetMemory(out var memory) ? Octets.FromMemory(memory.Slice((int)offset, (int)length)) : octets;
    }
}
