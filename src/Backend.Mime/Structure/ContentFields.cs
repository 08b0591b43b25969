namespace Backend.Mime.Structure;

/// <summary>The Content-... fields of a part, unfolded; the first of each name. RFC 2045 §3.</summary>
sealed class ContentFields
{
    public byte[]? MediaType { get; private set; }

    public byte[]? Encoding { get; private set; }

    public byte[]? Id { get; private set; }

    public byte[]? Description { get; private set; }

    public byte[]? Md5 { get; private set; }

    public byte[]? Disposition { get; private set; }

    public byte[]? Language { get; private set; }

    public byte[]? Location { get; private set; }

    /// <summary>Keeps the field where it is one of these.</summary>
    /// <returns>Whether it is.</returns>
    public bool Take(HeaderField field)
    {
        if (field.Is("Content-Type"u8))
            MediaType ??= FieldValue.Unfold(field.Value);
        else if (field.Is("Content-Transfer-Encoding"u8))
            Encoding ??= FieldValue.Unfold(field.Value);
        else if (field.Is("Content-ID"u8))
            Id ??= FieldValue.Unfold(field.Value);
        else if (field.Is("Content-Description"u8))
            Description ??= FieldValue.Unfold(field.Value);
        else if (field.Is("Content-MD5"u8))
            Md5 ??= FieldValue.Unfold(field.Value);
        else if (field.Is("Content-Disposition"u8))
            Disposition ??= FieldValue.Unfold(field.Value);
        else if (field.Is("Content-Language"u8))
            Language ??= FieldValue.Unfold(field.Value);
        else if (field.Is("Content-Location"u8))
            Location ??= FieldValue.Unfold(field.Value);
        else
            return false;
        return true;
    }
}
