using Backend.Mime.Structure;

namespace Backend.Mime.Grammar;

/// <summary>Writes the structure of a message with extension data. RFC 9051 §7.5.2 (BODYSTRUCTURE), §9 (body).</summary>
static class BodyStructureWriter
{
    public static void Write(StructureWriter writer, PartNode part)
    {
        writer.Raw("("u8);
        if (part.Kind == PartKind.Multipart)
            WriteMultipart(writer, part);
        else
            WriteSingle(writer, part);
        WriteExtension(writer, part.Content);
        writer.Raw(")"u8);
    }

    static void WriteMultipart(StructureWriter writer, PartNode part)
    {
        foreach (var child in part.Parts)
            Write(writer, child);
        writer.Raw(" "u8);
        writer.String(part.MediaType.Subtype);
        WriteParameters(writer, part.MediaType.Parameters);
    }

    static void WriteSingle(StructureWriter writer, PartNode part)
    {
        writer.String(part.MediaType.Type);
        writer.Raw(" "u8);
        writer.String(part.MediaType.Subtype);
        WriteParameters(writer, part.MediaType.Parameters);
        writer.Raw(" "u8);
        writer.NString(part.Content.Id);
        writer.Raw(" "u8);
        writer.NString(part.Content.Description);
        writer.Raw(" "u8);
        writer.String(part.Encoding);
        writer.Raw(" "u8);
        writer.Number(part.BodyEnd - part.BodyStart);
        if (part.Kind == PartKind.Message)
        {
            writer.Raw(" "u8);
            EnvelopeWriter.Write(writer, part.Parts[0].Envelope!);
            writer.Raw(" "u8);
            Write(writer, part.Parts[0]);
        }

        if (part.Kind == PartKind.Message || part.MediaType.IsText)
        {
            writer.Raw(" "u8);
            writer.Number(part.Lines);
        }

        writer.Raw(" "u8);
        writer.NString(part.Content.Md5);
    }

    static void WriteExtension(StructureWriter writer, ContentFields content)
    {
        if (Disposition.Read(content.Disposition) is { } disposition)
        {
            writer.Raw(" ("u8);
            writer.String(disposition.Type);
            WriteParameters(writer, disposition.Parameters);
            writer.Raw(")"u8);
        }
        else
        {
            writer.Raw(" NIL"u8);
        }

        WriteLanguages(writer, content.Language);
        writer.Raw(" "u8);
        writer.NString(content.Location);
    }

    static void WriteParameters(StructureWriter writer, ImmutableArray<Parameter> parameters)
    {
        if (parameters.IsEmpty)
        {
            writer.Raw(" NIL"u8);
            return;
        }

        writer.Raw(" "u8);
        var separator = "("u8;
        foreach (var parameter in parameters)
        {
            writer.Raw(separator);
            writer.String(parameter.Name);
            writer.Raw(" "u8);
            writer.String(parameter.Value);
            separator = " "u8;
        }

        writer.Raw(")"u8);
    }

    // RFC 3282 §2: tags separated by commas.
    static void WriteLanguages(StructureWriter writer, byte[]? field)
    {
        var separator = " ("u8;
        var rest = new FieldReader(field);
        while (!rest.AtEnd)
        {
            rest.SkipComments();
            var tag = rest.TakeUntil(", \t\r\n(;"u8);
            if (!tag.IsEmpty)
            {
                writer.Raw(separator);
                writer.String(tag);
                separator = " "u8;
            }

            rest.SkipComments();
            if (!rest.AtEnd && rest.Next is (byte)',' or (byte)';')
                rest.Position++;
        }

        writer.Raw(separator.Length == 1 ? ")"u8 : " NIL"u8);
    }
}
