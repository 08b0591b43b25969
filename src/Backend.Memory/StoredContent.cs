using Backend.Mime;
using Backend.Mime.Sorting;

namespace Backend.Memory;

/// <summary>The octets of a message, as they were appended, and what they say. Copies share it.</summary>
sealed record StoredContent(ReadOnlyMemory<byte> Octets, ParsedMessage Parsed)
{
    static long numbers;

    /// <summary>Reads a message to its end.</summary>
    public static async Task<StoredContent> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var octets = new MemoryStream();
        await body.CopyToAsync(octets, cancellationToken);
        return new StoredContent(octets.ToArray(), await MessageParser.ParseAsync(octets, cancellationToken)) { Number = Interlocked.Increment(ref numbers) };
    }

    public long Size => Parsed.Size;

    /// <summary>What no other content of the store has.</summary>
    public required long Number { get; init; }

    public string EmailId => ObjectIds.Email(0, Number);

    public string ThreadId => ObjectIds.Thread(ObjectIds.ThreadOf(SortValues, EmailId));

    /// <summary>What it is sorted and threaded by.</summary>
    public SortValues SortValues { get; } = SortValues.Of(Parsed.Envelope, Parsed.CommonHeaderFields.Span);

    /// <summary>A section; null where the message has no such part.</summary>
    public async ValueTask<FetchedSection> SectionAsync(SectionItem item, CancellationToken cancellationToken)
    {
        if (!item.IsDecoded)
            return new FetchedSection(item, SectionReader.Read(Octets, Parsed.Layout, item));
        var header = DecodedSection.HeaderOf(item.Section) is { } fields && SectionReader.Read(Octets, Parsed.Layout, new SectionItem(fields)) is { } found
            ? await found.ToArrayAsync(cancellationToken)
            : [];
        return await DecodedSection.ReadAsync(item, SectionReader.Read(Octets, Parsed.Layout, new SectionItem(item.Section)), header, cancellationToken);
    }
}
