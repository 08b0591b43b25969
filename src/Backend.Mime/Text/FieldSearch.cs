using Backend.Mime.Structure;

namespace Backend.Mime.Text;

/// <summary>Looks for a text in the fields of one name of a message's header, and reads no further than the header.</summary>
sealed class FieldSearch(string name, string foldedNeedle) : IMessageText
{
    public bool IsFound { get; private set; }

    public bool IsDone { get; private set; }

    public void Field(PartNode part, HeaderField field, bool isCut)
    {
        if (!part.IsRoot)
            IsDone = true;
        else if (Ascii.EqualsIgnoreCase(field.Name, name))
            IsDone = IsFound = CaseMap.Fold(FieldText.Decode(field.Value)).Contains(foldedNeedle, StringComparison.Ordinal);
    }

    public void BeginText(PartNode part) => IsDone = true;

    public void Text(ReadOnlySpan<byte> octets) => IsDone = true;

    public void EndText() => IsDone = true;
}
