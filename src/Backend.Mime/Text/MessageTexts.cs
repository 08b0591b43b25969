using Backend.Mime.Structure;

namespace Backend.Mime.Text;

/// <summary>Decodes the texts of a message while its structure is read, and gives each to whoever wants it.</summary>
/// <param name="header">Takes the fields of the message's header, a line each.</param>
/// <param name="partHeader">Takes the fields of the parts' headers, a line each.</param>
/// <param name="body">Takes the text of the body.</param>
/// <param name="summary">Takes what else is wanted of a message, or null.</param>
sealed class MessageTexts(ITextTarget? header, ITextTarget? partHeader, ITextTarget? body, MessageSummary? summary) : IMessageText, ICharSink, IDisposable
{
    BodyDecoder? decoder;

    public bool IsDone => header is { IsDone: true } || partHeader is { IsDone: true } || body is { IsDone: true };

    /// <summary>Whether a field was so long that its end is missing.</summary>
    public bool IsCut { get; private set; }

    public void Field(PartNode part, HeaderField field, bool isCut)
    {
        var target = part.IsRoot ? header : part.IsMessageBody ? body : partHeader;
        if (target is null && summary is null)
            return;

        IsCut |= isCut;
        var value = FieldText.Decode(field.Value);
        if (part.IsRoot)
            summary?.Field(field, value, isCut);
        if (target is null)
            return;
        WriteName(target, field.Name);
        target.Append(value);
        if (!part.IsMessageBody)
            ExtendedValue.WriteAll(target, field);
        target.Append("\n");
    }

    public void BeginText(PartNode part)
    {
        if (body is null && summary is null)
            return;
        decoder ??= new BodyDecoder(this);
        decoder.Begin(part.Encoding, part.MediaType.Charset);
        summary?.Preview.Begin(part);
    }

    public void Text(ReadOnlySpan<byte> octets)
    {
        // The preview is made of less than what fills a body.
        if (body is not { IsFull: true })
            decoder?.Decode(octets);
    }

    public void EndText()
    {
        decoder?.End();
        body?.EndLine();
        summary?.Preview.End();
    }

    public void Append(ReadOnlySpan<char> text)
    {
        body?.Append(text);
        summary?.Preview.Append(text);
    }

    public void Dispose() => decoder?.Dispose();

    static void WriteName(ITextTarget target, ReadOnlySpan<byte> name)
    {
        // A name is ASCII; of an absurd one the beginning will do.
        Span<char> characters = stackalloc char[200];
        name = name[..Math.Min(name.Length, 199)];
        Ascii.ToUtf16(name, characters, out var length);
        characters[length++] = ':';
        target.Append(characters[..length]);
    }
}
