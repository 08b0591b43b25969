namespace Backend.Specification.Tests.Steps;

/// <summary>Reads sections as tests write them, in the words of the grammar.</summary>
public static class Sections
{
    /// <summary>The section of <c>BODY[...]</c>: <c>1.2.HEADER.FIELDS (To Subject)</c>. RFC 9051 §9 (section-spec).</summary>
    public static Section Parse(string text)
    {
        var fields = ImmutableArray<string>.Empty;
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open >= 0)
        {
            fields = [.. text[(open + 1)..^1].Split(' ')];
            text = text[..open].TrimEnd();
        }

        var words = text.Split('.', StringSplitOptions.RemoveEmptyEntries);
        var part = words.TakeWhile(static word => char.IsAsciiDigit(word[0])).Select(static word => int.Parse(word, CultureInfo.InvariantCulture)).ToImmutableArray();
        var name = string.Join('.', words.Skip(part.Length)) switch
        {
            "" => SectionText.Whole,
            "HEADER" => SectionText.Header,
            "HEADER.FIELDS" => SectionText.HeaderFields,
            "HEADER.FIELDS.NOT" => SectionText.HeaderFieldsNot,
            "TEXT" => SectionText.Text,
            "MIME" => SectionText.Mime,
            var other => throw new FormatException($"\"{other}\" is no section."),
        };
        return new Section { Part = part, Text = name, Fields = fields };
    }
}
