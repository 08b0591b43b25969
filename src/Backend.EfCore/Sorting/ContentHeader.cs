using Backend.Mime.Sorting;

namespace Backend.EfCore.Sorting;

/// <summary>What is kept of a content's header, as it is read to be sorted by.</summary>
sealed record ContentHeader(long ContentId, string? Origin, byte[] Envelope, byte[] HeaderFields)
{
    public SortValues Values => SortValues.Of(new Envelope(Envelope), HeaderFields);
}
