using Backend.Mime.Structure;

namespace Backend.Mime;

/// <summary>Parts without their content transfer encoding. Thread-safe. RFC 9051 §6.4.5 (BINARY); RFC 3516 §4.3, §6.</summary>
public static class DecodedSection
{
    /// <summary>The section that holds the fields which say how a part is encoded; null for the message itself, which is not.</summary>
    public static Section? HeaderOf(Section section) => section.Part.IsEmpty ? null : new Section { Part = section.Part, Text = SectionText.Mime };

    /// <summary>
    /// Decodes a part. What is in memory is decoded at once; of what is not, the length is found by reading it through, and it is read again as it is
    /// written out. What is malformed is decoded as far as it can be, twice to the same octets.
    /// </summary>
    /// <param name="item">What was asked for.</param>
    /// <param name="encoded">The part's octets, all of them; null where there is no such part.</param>
    /// <param name="header">The part's MIME header (<see cref="HeaderOf"/>); empty for the message itself.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async ValueTask<FetchedSection> ReadAsync(SectionItem item, Octets? encoded, ReadOnlyMemory<byte> header, CancellationToken cancellationToken)
    {
        if (encoded is null)
            return new FetchedSection(item, null);
        var coding = item.Section.Part.IsEmpty ? PartCoding.None : PartCoding.Read(header.Span);
        if (coding is null)
            return new FetchedSection(item, null) { IsEncodingUnknown = true };

        var stretch = new OctetRange(0, long.MaxValue).Cut(item.Partial);
        if (!encoded.TryGetMemory(out _))
        {
            await using var measure = new DecodingStream(coding, stretch, Stream.Null);
            await encoded.CopyToAsync(measure, cancellationToken);
            await measure.FinishAsync(cancellationToken);
            return new FetchedSection(item, new DecodedOctets(encoded, coding, stretch, measure.Passed, measure.HasNul));
        }

        using var decoded = new MemoryStream();
        await using var decoder = new DecodingStream(coding, stretch, decoded);
        await encoded.CopyToAsync(decoder, cancellationToken);
        await decoder.FinishAsync(cancellationToken);
        return new FetchedSection(item, Octets.FromMemory(decoded.ToArray()));
    }
}
