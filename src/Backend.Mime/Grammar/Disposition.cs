namespace Backend.Mime.Grammar;

/// <summary>The Content-Disposition of a part. RFC 2183.</summary>
/// <param name="Type">The disposition type as it stands.</param>
/// <param name="Parameters">The parameters in order.</param>
sealed record Disposition(string Type, ImmutableArray<Parameter> Parameters)
{
    public bool IsAttachment => Type.Equals("attachment", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the unfolded field; null where there is none that can be read.</summary>
    public static Disposition? Read(byte[]? field)
    {
        if (field is null)
            return null;
        var reader = new FieldReader(field);
        reader.SkipComments();
        var type = reader.TakeUntil("; \t\r\n(="u8).Trim("\"'"u8);
        return type.IsEmpty ? null : new Disposition(Encoding.Latin1.GetString(type), ParameterReader.Read(ref reader));
    }
}
