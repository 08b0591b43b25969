using System.Buffers;
using Backend.Mime.Structure;

namespace Backend.Mime.Text;

/// <summary>What a store keeps of a message's header and text beside what SEARCH looks into.</summary>
sealed class MessageSummary
{
    readonly ArrayBufferWriter<byte> common = new(1024);
    readonly List<string> subject = [];
    readonly List<string> from = [];
    readonly List<string> to = [];
    readonly List<string> cc = [];
    bool isCommonCut;
    int kept;

    /// <summary>Gathers the preview.</summary>
    public PreviewBuilder Preview { get; } = new();

    /// <summary>Whether a value is missing in one of the four below.</summary>
    public bool IsCut { get; private set; }

    public string Subject => Join(subject);

    public string From => Join(from);

    public string To => Join(to);

    public string Cc => Join(cc);

    /// <summary>See <see cref="ParsedMessage.CommonHeaderFields"/>.</summary>
    public ReadOnlyMemory<byte> CommonHeaderFields
    {
        get
        {
            if (isCommonCut)
                return default;
            common.Write(HeaderFields.LineEnd);
            return common.WrittenSpan.ToArray();
        }
    }

    /// <summary>Takes a field of the message's header.</summary>
    public void Field(HeaderField field, string value, bool isCut)
    {
        if (HeaderFields.IsCommon(field.Name))
            AddCommon(field.Raw, isCut);

        if (field.Is("Subject"u8))
            Keep(subject, value);
        else if (field.Is("From"u8))
            Keep(from, value);
        else if (field.Is("To"u8))
            Keep(to, value);
        else if (field.Is("Cc"u8))
            Keep(cc, value);
    }

    void AddCommon(ReadOnlySpan<byte> raw, bool isCut)
    {
        isCommonCut |= isCut || raw.Length > HeaderFields.MaxCommonLength - common.WrittenCount;
        if (isCommonCut)
            return;
        common.Write(raw);

        // Only the last field of a message without body can be without.
        if (!raw.EndsWith("\n"u8))
            common.Write(HeaderFields.LineEnd);
    }

    void Keep(List<string> values, string value)
    {
        kept += value.Length;
        IsCut |= kept > FoldedText.MaxHeaderLength;
        if (!IsCut)
            values.Add(CaseMap.Fold(value));
    }

    static string Join(List<string> values) => string.Join('\n', values);
}
