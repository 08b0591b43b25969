using System.Runtime.CompilerServices;
using Backend.EfCore.Entities;
using Backend.EfCore.Mailboxes;
using Backend.EfCore.Queries;
using Backend.EfCore.Sorting;
using Backend.Mime;
using Backend.Mime.Sorting;

namespace Backend.EfCore.Messages;

/// <summary>
/// FETCH, a page at a time: each page is read whole before any of it is handed out, so nothing is open in the database while a client
/// takes its time, and a page's octets are bounded. RFC 9051 §6.4.5.
/// </summary>
sealed class FetchMessages(MailStoreDatabase database, MailboxHandle handle, KeywordDictionary keywords, FetchItems items)
{
    const int PageOfRows = 2000;
    const int PageOfContents = 500;

    /// <summary>More stretches of changed messages than this are read as one.</summary>
    const int MaxStretches = 16;

    /// <summary>However large the messages are on the average.</summary>
    const int SmallestPage = 8;

    /// <summary>A page holds about no more octets than this; a message of several chunks is read chunk by chunk when it is its turn.</summary>
    const long PageOctets = 2 * 1024 * 1024;

    readonly bool commonFieldsSuffice = items.Sections.All(static item => item.Section is { Text: SectionText.HeaderFields, Part.IsEmpty: true } section && HeaderFields.CoveredByCommon(section.Fields));
    readonly bool isWhole = items.Sections.All(static item => item.Section == Section.Whole);

    /// <summary>What is decoded is read through first: that is not done for a whole page while a client waits.</summary>
    readonly bool makesSectionsLate = items.Sections.Any(static item => item.IsDecoded);
    readonly List<PageRow> rows = [];
    int pageSize;

    /// <summary>Only those that changed after this are listed. RFC 7162 §3.1.4.1.</summary>
    public ModSeq Since { get; init; }

    /// <summary>Whether the octets themselves are asked for.</summary>
    bool NeedsBody => items.Sections.Length > 0 && !commonFieldsSuffice;

    /// <summary>Whether something is asked for that is kept ready beside them. A whole message needs nothing: it is as long as its row says.</summary>
    bool NeedsContent => Has(FetchAttributes.Envelope | FetchAttributes.BodyStructure | FetchAttributes.Preview) || (items.Sections.Length > 0 && (commonFieldsSuffice || !isWhole));

    public async IAsyncEnumerable<Message> ExecuteAsync(NumberSet messages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (mailbox, selection, ranks) = UidSelection.LooksAtMessages(messages) || Since > ModSeq.Zero
            ? await database.ReadConsistentlyAsync(handle.Lease, (context, token) => ResolveAsync(context, messages, token), cancellationToken)
            : await database.ReadAsync(handle.Lease, (context, token) => ResolveAsync(context, messages, token), cancellationToken);
        var flags = new MessageFlagReader(database, keywords, handle, mailbox);
        pageSize = FirstPage(mailbox);
        // What is between two of them is read in vain: a few narrow rows are soon read, bodies are not. What did not change is not read.
        foreach (var stretch in selection.Stretches(Since > ModSeq.Zero && selection.Ranges.Length > MaxStretches ? int.MaxValue : NeedsBody ? 2 : 50))
        {
            var next = (long)stretch.First;
            while (next <= stretch.Last)
            {
                var first = next;
                var page = await database.ReadAsync(handle.Lease, (context, token) => ReadPageAsync(context, selection, flags, first, stretch.Last, inOneState: false, token), cancellationToken);
                if (page.Messages is null)
                    page = await database.ReadConsistentlyAsync(handle.Lease, (context, token) => ReadPageAsync(context, selection, flags, first, stretch.Last, inOneState: true, token), cancellationToken);
                foreach (var (listed, row) in page.Messages!)
                {
                    var message = makesSectionsLate ? await WithSectionsAsync(listed, row, cancellationToken) : listed;
                    if (message is not null)
                        yield return ranks is null ? message : message with { SequenceNumber = new SequenceNumber((uint)(ranks.BinarySearch(message.Uid.Value) + 1)) };
                }

                next = page.Next;
            }
        }
    }

    /// <summary>How many messages of the mailbox's average size are within the budget.</summary>
    int FirstPage(MailboxEntity mailbox) =>
        NeedsBody ? (int)Math.Clamp(PageOctets * mailbox.Messages / Math.Max(mailbox.Bytes, 1), SmallestPage, PageOfContents)
        : NeedsContent ? PageOfContents
        : PageOfRows;

    /// <summary>What the set names, and for sequence numbers the UIDs of the mailbox, of which a message's place is its number.</summary>
    async Task<(MailboxEntity Mailbox, UidSelection Selection, List<uint>? Ranks)> ResolveAsync(MailStoreContext context, NumberSet messages, CancellationToken cancellationToken)
    {
        var mailbox = await database.Queries.Mailboxes.ById(context, handle.UserId, handle.MailboxId, cancellationToken) ?? throw MailboxTree.NoSuchMailbox(handle.Name);
        var selection = await UidSelection.ResolveAsync(database, context, mailbox, messages, cancellationToken);
        if (Since > ModSeq.Zero && !selection.IsEmpty)
            selection = await ChangedMessages.NarrowAsync(database, context, mailbox, selection, Since, cancellationToken);
        var ranks = messages is SequenceSet && !selection.IsEmpty
            ? await UidSelection.UidsAsync(database, context, mailbox, 1, selection.Last, cancellationToken)
            : null;
        return (mailbox, selection, ranks);
    }

    /// <summary>
    /// The selected among the next messages, and the UID to go on from. No messages when it takes a second query, which has to see the same
    /// state as the first, and that was not said: keywords that have rows of their own.
    /// </summary>
    async Task<(List<(Message Message, PageRow Row)>? Messages, long Next)> ReadPageAsync(MailStoreContext context, UidSelection selection, MessageFlagReader flags, long first, long last, bool inOneState, CancellationToken cancellationToken)
    {
        var next = await ReadRowsAsync(context, selection, first, last, cancellationToken);
        if (rows.Count == 0)
            return ([], next);
        if (Has(FetchAttributes.Flags))
        {
            var columns = 0L;
            foreach (var row in rows)
                columns |= row.Message.Flags;
            if (!inOneState && (columns & FlagBits.MoreKeywords) != 0)
                return (null, next);
            await flags.PrepareAsync(context, rows[0].Message.Uid, rows[^1].Message.Uid, columns, cancellationToken);
        }

        var threads = Has(FetchAttributes.ThreadId)
            ? await SortRows.ReadThreadsAsync(context, handle.UserId, [.. rows.Select(static row => row.Message.ContentId)], cancellationToken)
            : null;
        var origins = Has(FetchAttributes.EmailId) ? await ReadOriginsAsync(context, [.. rows.Select(static row => row.Message.ContentId)], cancellationToken) : null;
        var page = new List<(Message, PageRow)>(rows.Count);
        foreach (var row in rows)
            page.Add((await MakeAsync(row, flags, threads, origins, cancellationToken), makesSectionsLate ? row : default));
        rows.Clear();
        return (page, next);
    }

    async Task<long> ReadRowsAsync(MailStoreContext context, UidSelection selection, long first, long last, CancellationToken cancellationToken)
    {
        rows.Clear();
        IReadOnlyList<NumberRange> ranges = selection.Ranges;
        var size = pageSize;
        var (read, next, octets) = (0, first, 0L);
        await foreach (var row in Query(context, first, last, size).WithCancellation(cancellationToken))
        {
            (read, next) = (read + 1, row.Message.Uid + 1);
            // What should be one chunk and is not there has been expunged meanwhile.
            if (!ranges.Hold(row.Message.Uid) || (NeedsBody && row is { Body: null, Message.Size: > 0 and <= ContentChunkEntity.Size }))
                continue;
            rows.Add(row);
            octets += row.Octets;
            if (octets <= PageOctets)
                continue;
            pageSize = Math.Max(read, SmallestPage);
            return next;
        }

        if (NeedsBody)
            pageSize = Math.Min(2 * size, PageOfContents);
        return read < size ? long.MaxValue : next;
    }

    IAsyncEnumerable<PageRow> Query(MailStoreContext context, long first, long last, int count)
    {
        var queries = database.Queries.Fetches;
        var (envelope, structure, preview) = (Has(FetchAttributes.Envelope), Has(FetchAttributes.BodyStructure), Has(FetchAttributes.Preview));
        if (NeedsBody)
            return NeedsContent
                ? queries.WithContentsAndBodies(context, handle.UserId, handle.MailboxId, first, last, Since.Value, count, envelope, structure, !isWhole, preview)
                : queries.WithBodies(context, handle.UserId, handle.MailboxId, first, last, Since.Value, count);
        if (NeedsContent)
            return queries.WithContents(context, handle.UserId, handle.MailboxId, first, last, Since.Value, count, envelope, structure, items.Sections.Length > 0, preview);
        return Has(FetchAttributes.InternalDate | FetchAttributes.Size | FetchAttributes.SaveDate | FetchAttributes.EmailId | FetchAttributes.ThreadId)
            ? queries.Rows(context, handle.UserId, handle.MailboxId, first, last, Since.Value, count)
            : queries.FlagsOnly(context, handle.UserId, handle.MailboxId, first, last, Since.Value, count);
    }

    async ValueTask<Message> MakeAsync(PageRow page, MessageFlagReader flags, Dictionary<long, long>? threads, Dictionary<long, string>? origins, CancellationToken cancellationToken)
    {
        var (row, content) = (page.Message, page.Content);
        return new Message
        {
            Uid = new Uid((uint)row.Uid),
            Flags = Has(FetchAttributes.Flags) ? flags.ToFlags(row.Uid, row.Flags) : null,
            InternalDate = Has(FetchAttributes.InternalDate) ? DateTimeOffset.FromUnixTimeSeconds(row.InternalDate).ToOffset(TimeSpan.FromMinutes(row.InternalOffset)) : null,
            Size = Has(FetchAttributes.Size) ? row.Size : null,
            ModSeq = Has(FetchAttributes.ModSeq) ? new ModSeq(row.ModSeq) : null,
            SaveDate = Has(FetchAttributes.SaveDate) ? DateTimeOffset.FromUnixTimeSeconds(row.SaveDate) : null,
            Envelope = content?.Envelope is { } envelope ? new Envelope(envelope) : null,
            BodyStructure = content?.BodyStructure is { } structure ? new BodyStructure(structure) : null,
            Preview = content?.Preview,
            EmailId = origins is null ? null : origins.GetValueOrDefault(row.ContentId) ?? ObjectIds.Email(handle.UserId, row.ContentId),
            ThreadId = ThreadOf(row.ContentId, threads),
            Sections = items.Sections.Length == 0 || makesSectionsLate ? [] : await MakeSectionsAsync(page, cancellationToken),
        };
    }

    /// <summary>The EMAILIDs of those that have them from another user's.</summary>
    Task<Dictionary<long, string>> ReadOriginsAsync(MailStoreContext context, long[] contentIds, CancellationToken cancellationToken) =>
        context.Contents
            .Where(content => content.UserId == handle.UserId && EF.Parameter(contentIds).Contains(content.ContentId) && content.Origin != null)
            .Select(static content => new { content.ContentId, content.Origin })
            .ToDictionaryAsync(static content => content.ContentId, static content => content.Origin!, cancellationToken);

    // Null also of a message that is gone meanwhile.
    static string? ThreadOf(long contentId, Dictionary<long, long>? threads) =>
        threads is not null && threads.TryGetValue(contentId, out var thread) ? ObjectIds.Thread(thread) : null;

    bool Has(FetchAttributes attribute) => (items.Attributes & attribute) != 0;

    /// <summary>Null when the message has been expunged since.</summary>
    async ValueTask<Message?> WithSectionsAsync(Message message, PageRow row, CancellationToken cancellationToken)
    {
        try
        {
            return message with { Sections = await MakeSectionsAsync(row, cancellationToken) };
        }
        catch (BackendException exception) when (exception.Error == BackendError.Expunged)
        {
            return null;
        }
    }

    async ValueTask<ImmutableArray<FetchedSection>> MakeSectionsAsync(PageRow row, CancellationToken cancellationToken)
    {
        // A header whose common fields are too many to be kept has none of them kept.
        var hasFields = commonFieldsSuffice && row.Content!.HeaderFields is { Length: > 0 };
        var layout = hasFields || isWhole ? null : await ReadLayoutAsync(row, cancellationToken);
        var sections = ImmutableArray.CreateBuilder<FetchedSection>(items.Sections.Length);
        foreach (var item in items.Sections)
        {
            if (item.IsDecoded)
            {
                sections.Add(await DecodeAsync(row, layout, item, cancellationToken));
                continue;
            }

            var octets = hasFields
                ? Octets.FromMemory(HeaderFields.Select(row.Content!.HeaderFields, item.Section.Fields, not: false))
                : await MakeSectionAsync(row, layout, item.Section, cancellationToken);
            sections.Add(new FetchedSection(item, octets is null ? null : Cut(octets, item.Partial)));
        }

        return sections.MoveToImmutable();
    }

    async ValueTask<MessageLayout> ReadLayoutAsync(PageRow row, CancellationToken cancellationToken) =>
        MessageLayout.Decode(row.Content!.Layout
            ?? await database.ReadAsync(handle.Lease, (context, token) => database.Queries.Contents.Layout(context, handle.UserId, row.Message.ContentId, token), cancellationToken)
            ?? throw new BackendException(BackendError.Expunged, "The message has been expunged."));

    async ValueTask<Octets?> MakeSectionAsync(PageRow row, MessageLayout? layout, Section section, CancellationToken cancellationToken)
    {
        var (offset, length) = (0L, row.Message.Size);
        if (layout is not null)
        {
            if (layout.Find(section) is not { } range)
                return null;
            (offset, length) = (range.Offset, range.Length);
        }

        Octets octets = row.Body is not null
            ? Octets.FromMemory(row.Body.AsMemory((int)offset, (int)length))
            : length == 0 ? Octets.Empty : new StoredOctets(database, handle.Lease, row.Message.ContentId, offset, length);
        return section.Text is SectionText.HeaderFields or SectionText.HeaderFieldsNot
            ? Octets.FromMemory(HeaderFields.Select(await octets.ToArrayAsync(cancellationToken), section.Fields, section.Text == SectionText.HeaderFieldsNot))
            : octets;
    }

    async ValueTask<FetchedSection> DecodeAsync(PageRow row, MessageLayout? layout, SectionItem item, CancellationToken cancellationToken)
    {
        var header = DecodedSection.HeaderOf(item.Section) is { } fields && await MakeSectionAsync(row, layout, fields, cancellationToken) is { } found
            ? await found.ToArrayAsync(cancellationToken)
            : [];
        return await DecodedSection.ReadAsync(item, await MakeSectionAsync(row, layout, item.Section, cancellationToken), header, cancellationToken);
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
