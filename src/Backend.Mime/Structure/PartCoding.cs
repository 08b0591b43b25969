using Backend.Mime.Grammar;

namespace Backend.Mime.Structure;

/// <summary>What decoding has to know of a part.</summary>
/// <param name="Encoding">Its transfer encoding, one that can be decoded or that stands for itself.</param>
/// <param name="HasLines">Whether it is text of lines. RFC 3516 §6.</param>
sealed record PartCoding(string Encoding, bool HasLines)
{
    /// <summary>Nothing is to be done.</summary>
    public static PartCoding None { get; } = new("BINARY", false);

    /// <summary>Reads it from the part's header; null when nobody knows the encoding.</summary>
    public static PartCoding? Read(ReadOnlySpan<byte> header)
    {
        var fields = new ContentFields();
        for (var field = new FieldBuffer(); !header.IsEmpty;)
        {
            var end = header.IndexOf((byte)'\n') + 1;
            var line = end > 0 ? header[..end] : header;
            header = header[line.Length..];
            field.Add(line);
            if (!header.IsEmpty && header[0] is (byte)' ' or (byte)'\t')
                continue;
            fields.Take(new HeaderField(field.Octets));
            field.Clear();
        }

        var type = MediaType.Read(fields.MediaType, isInDigest: false);
        var encoding = TransferEncoding.Read(fields.Encoding);
        if (!TransferEncoding.IsEncoded(encoding))
            return encoding is "7BIT" or "8BIT" or "BINARY" ? new PartCoding(encoding, type.IsText && encoding != "BINARY") : null;
        // RFC 2045 §6.4 allows none on a multipart: what is in it is encoded part by part.
        return type.IsMultipart ? None : new PartCoding(encoding, type.IsText);
    }
}
