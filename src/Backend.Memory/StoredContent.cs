using Backend.Mime;

namespace Backend.Memory;

/// <summary>The octets of a message, as they were appended, and what they say. Copies share it.</summary>
sealed record StoredContent(ReadOnlyMemory<byte> Octets, ParsedMessage Parsed)
{
    /// <summary>Reads a message to its end.</summary>
    public static async Task<StoredContent> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var octets = new MemoryStream();
        await body.CopyToAsync(octets, cancellationToken);
        return new StoredContent(octets.ToArray(), await MessageParser.ParseAsync(octets, cancellationToken));
    }

    public long Size => Parsed.Size;

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
