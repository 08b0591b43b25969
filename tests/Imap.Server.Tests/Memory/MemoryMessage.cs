using System.Text;

namespace Imap.Server.Tests.Memory;

/// <summary>A message, of which only the simplest form is understood: a header and one body of text.</summary>
public sealed class MemoryMessage(Uid uid, byte[] octets, DateTimeOffset date)
{
    readonly int headerLength = HeaderLength(octets);

    public Uid Uid => uid;

    public byte[] Octets => octets;

    public DateTimeOffset Date => date;

    public FlagSet Flags { get; set; } = FlagSet.Empty;

    public long ModSeq { get; set; }

    public string Text => Encoding.Latin1.GetString(octets);

    public string Body => Encoding.Latin1.GetString(octets.AsSpan(headerLength));

    public IEnumerable<(string Name, string Value, string Line)> Header =>
        Encoding.Latin1.GetString(octets.AsSpan(0, headerLength)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => (line.Split(':')[0], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(), line + "\r\n"));

    public string? Field(string name) =>
        Header.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(static field => field.Value).FirstOrDefault();

    public Envelope Envelope => new(Encoding.Latin1.GetBytes(
        $"({Quote("Date")} {Quote("Subject")} {Addresses("From")} {Addresses("From")} {Addresses("From")} {Addresses("To")} {Addresses("Cc")} {Addresses("Bcc")} {Quote("In-Reply-To")} {Quote("Message-ID")})"));

    public BodyStructure BodyStructure => new(Encoding.Latin1.GetBytes(
        $"(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" {octets.Length - headerLength} {Body.Count(static c => c == '\n')} NIL NIL NIL NIL)"));

    public byte[]? Section(SectionItem item)
    {
        var section = item.Section;
        if (section.Part.Length > 1 || (section.Part is [var part] && part != 1))
            return null;
        var content = (section.Text, section.Part.Length) switch
        {
            (SectionText.Whole, 0) => octets,
            (SectionText.Whole, _) or (SectionText.Text, 0) => octets[headerLength..],
            (SectionText.Header, 0) => octets[..headerLength],
            (SectionText.HeaderFields, 0) => Fields(field => section.Fields.Contains(field, StringComparer.OrdinalIgnoreCase)),
            (SectionText.HeaderFieldsNot, 0) => Fields(field => !section.Fields.Contains(field, StringComparer.OrdinalIgnoreCase)),
            _ => null,
        };
        if (content is null || item.Partial is not { } partial)
            return content;
        return [.. content.Skip((int)Math.Min(partial.Offset, int.MaxValue)).Take((int)Math.Min(partial.Count, int.MaxValue))];
    }

    byte[] Fields(Func<string, bool> wanted) =>
        Encoding.Latin1.GetBytes(string.Concat(Header.Where(field => wanted(field.Name)).Select(static field => field.Line)) + "\r\n");

    string Quote(string field) => Field(field) is { } value ? $"\"{value.Replace("\"", "", StringComparison.Ordinal)}\"" : "NIL";

    string Addresses(string field) => Field(field)?.Split('@') is [var local, var host] ? $"((NIL NIL \"{local}\" \"{host}\"))" : "NIL";

    static int HeaderLength(byte[] octets)
    {
        var end = octets.AsSpan().IndexOf("\r\n\r\n"u8);
        return end < 0 ? octets.Length : end + 4;
    }
}
