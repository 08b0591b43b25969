namespace Backend.Abstractions.Model;

/// <summary>Reads a body structure with extension data from its wire form. RFC 9051 §9 (body).</summary>
static class BodyStructureDecoder
{
    public static BodyPart Decode(ReadOnlySpan<byte> encoded)
    {
        var reader = new StructureReader(encoded);
        var root = ReadPart(ref reader);
        return reader.AtEnd ? root : throw reader.Fault("expected the end");
    }

    static BodyPart ReadPart(ref StructureReader reader)
    {
        reader.Take('(');
        BodyPart part = reader.NextIs('(') ? ReadMultipart(ref reader) : ReadSingle(ref reader);
        reader.Take(')');
        return part;
    }

    static BodyPart.Multipart ReadMultipart(ref StructureReader reader)
    {
        var parts = ImmutableArray.CreateBuilder<BodyPart>();
        while (reader.NextIs('('))
            parts.Add(ReadPart(ref reader));
        reader.Take(' ');
        var subtype = reader.TakeString();
        reader.Take(' ');
        var parameters = ReadParameters(ref reader);
        var (disposition, languages, location) = ReadExtension(ref reader);
        return new BodyPart.Multipart
        {
            Parts = parts.DrainToImmutable(),
            Subtype = subtype,
            Parameters = parameters,
            Disposition = disposition,
            Languages = languages,
            Location = location,
        };
    }

    static BodyPart.Single ReadSingle(ref StructureReader reader)
    {
        var type = reader.TakeString();
        reader.Take(' ');
        var subtype = reader.TakeString();
        reader.Take(' ');
        var parameters = ReadParameters(ref reader);
        reader.Take(' ');
        var id = reader.TakeNString();
        reader.Take(' ');
        var description = reader.TakeNString();
        reader.Take(' ');
        var encoding = reader.TakeString();
        reader.Take(' ');
        var size = reader.TakeNumber();
        BodyPart.Single part = Form(ref reader, type, subtype, encoding, size);
        reader.Take(' ');
        var md5 = reader.TakeNString();
        var (disposition, languages, location) = ReadExtension(ref reader);
        return part with
        {
            Parameters = parameters,
            Id = id,
            Description = description,
            Md5 = md5,
            Disposition = disposition,
            Languages = languages,
            Location = location,
        };
    }

    static BodyPart.Single Form(ref StructureReader reader, string type, string subtype, string encoding, long size)
    {
        if (IsMessage(type, subtype))
        {
            reader.Take(' ');
            var envelope = EnvelopeDecoder.Read(ref reader);
            reader.Take(' ');
            var body = ReadPart(ref reader);
            reader.Take(' ');
            var lines = reader.TakeNumber();
            return new BodyPart.Message { MediaType = type, Subtype = subtype, Encoding = encoding, Size = size, Envelope = envelope, Body = body, Lines = lines };
        }

        if (!type.Equals("TEXT", StringComparison.OrdinalIgnoreCase))
            return new BodyPart.Basic { MediaType = type, Subtype = subtype, Encoding = encoding, Size = size };
        reader.Take(' ');
        return new BodyPart.Text { MediaType = type, Subtype = subtype, Encoding = encoding, Size = size, Lines = reader.TakeNumber() };
    }

    static bool IsMessage(string type, string subtype) =>
        type.Equals("MESSAGE", StringComparison.OrdinalIgnoreCase)
        && (subtype.Equals("RFC822", StringComparison.OrdinalIgnoreCase) || subtype.Equals("GLOBAL", StringComparison.OrdinalIgnoreCase));

    static (BodyDisposition? Disposition, ImmutableArray<string> Languages, string? Location) ReadExtension(ref StructureReader reader)
    {
        reader.Take(' ');
        BodyDisposition? disposition = null;
        if (!reader.TryTakeNil())
        {
            reader.Take('(');
            var type = reader.TakeString();
            reader.Take(' ');
            disposition = new BodyDisposition(type, ReadParameters(ref reader));
            reader.Take(')');
        }

        reader.Take(' ');
        var languages = ReadLanguages(ref reader);
        reader.Take(' ');
        return (disposition, languages, reader.TakeNString());
    }

    static ImmutableArray<string> ReadLanguages(ref StructureReader reader)
    {
        if (!reader.TryTake('('))
            return reader.TakeNString() is { } only ? [only] : [];
        var languages = ImmutableArray.CreateBuilder<string>();
        do
            languages.Add(reader.TakeString());
        while (reader.TryTake(' '));
        reader.Take(')');
        return languages.DrainToImmutable();
    }

    static ImmutableArray<BodyParameter> ReadParameters(ref StructureReader reader)
    {
        if (reader.TryTakeNil())
            return [];
        var parameters = ImmutableArray.CreateBuilder<BodyParameter>();
        reader.Take('(');
        do
        {
            var name = reader.TakeString();
            reader.Take(' ');
            parameters.Add(new BodyParameter(name, reader.TakeString()));
        }
        while (reader.TryTake(' '));
        reader.Take(')');
        return parameters.DrainToImmutable();
    }
}
