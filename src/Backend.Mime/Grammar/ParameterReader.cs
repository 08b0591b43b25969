using System.Buffers;

namespace Backend.Mime.Grammar;

/// <summary>Reads the parameters of a Content-Type or Content-Disposition field. RFC 2045 §5.1; RFC 2231 §3, §4.</summary>
static class ParameterReader
{
    const int MaxParameters = 100;

    /// <summary>Reads to the end of the field. What is no parameter is left out; of a name the first one counts.</summary>
    public static ImmutableArray<Parameter> Read(ref FieldReader reader)
    {
        var parameters = new List<Parameter>();
        var content = new ArrayBufferWriter<byte>();
        while (parameters.Count < MaxParameters)
        {
            reader.SkipComments();
            while (reader.TryTake((byte)';'))
                reader.SkipComments();
            if (reader.AtEnd)
                break;
            var name = reader.TakeUntil("=; \t("u8);
            reader.SkipComments();
            if (!reader.TryTake((byte)'='))
                continue;
            content.ResetWrittenCount();
            TakeValue(ref reader, content);
            if (!name.IsEmpty)
                parameters.Add(new Parameter(Encoding.Latin1.GetString(name), content.WrittenSpan.ToArray()));
        }

        return ContinuedParameters.Join(parameters);
    }

    static void TakeValue(ref FieldReader reader, ArrayBufferWriter<byte> content)
    {
        reader.SkipComments();
        if (reader.AtEnd)
            return;
        if (reader.Next == (byte)'"')
        {
            reader.TakeQuoted(content);
            return;
        }

        // Spaces in a value without quotes are wrong but usual (name=My file.pdf), and so is a semicolon left out before the next parameter.
        content.Write(reader.TakeUntil("; \t"u8));
        var semicolon = reader.Rest.IndexOf((byte)';');
        var more = semicolon < 0 ? reader.Rest : reader.Rest[..semicolon];
        var words = more.Trim(" \t"u8);
        if (words.IsEmpty || words[0] == (byte)'(' || words.Contains((byte)'='))
            return;
        var comment = more.IndexOf(" ("u8);
        var kept = (comment < 0 ? more : more[..comment]).TrimEnd(" \t"u8);
        content.Write(kept);
        reader.Position += more.Length;
    }
}
