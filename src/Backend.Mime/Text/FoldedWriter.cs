using System.Buffers;

namespace Backend.Mime.Text;

/// <summary>Gathers folded text up to a length.</summary>
/// <param name="maxLength">The length.</param>
/// <param name="isLines">Whether the text is whole lines behind a line feed, or any text.</param>
sealed class FoldedWriter(int maxLength, bool isLines) : ITextTarget
{
    readonly ArrayBufferWriter<char> folded = Start(isLines ? "\n" : "");

    /// <summary>Whether the text was longer.</summary>
    public bool IsCut { get; private set; }

    public bool IsFull => IsCut;

    // Reading goes on: there is more to a message than its texts.
    public bool IsDone => false;

    /// <summary>Folds the text and appends it.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        // A piece is small, so this is bounded; folding may make the text longer, but not by much.
        if (!IsCut)
            CaseFolding.Fold(text, folded);
        IsCut |= folded.WrittenCount > maxLength;
    }

    /// <summary>Appends a line feed where text stands before it.</summary>
    public void EndLine()
    {
        if (folded.WrittenCount > 0 && folded.WrittenSpan[^1] != '\n')
            folded.Write("\n");
    }

    static ArrayBufferWriter<char> Start(string start)
    {
        var writer = new ArrayBufferWriter<char>(4096);
        writer.Write(start);
        return writer;
    }

    public override string ToString()
    {
        var text = folded.WrittenSpan;
        if (text.Length <= maxLength)
            return text.ToString();
        text = text[..maxLength];
        if (isLines)
            return text[..(text.LastIndexOf('\n') + 1)].ToString();
        return (char.IsHighSurrogate(text[^1]) ? text[..^1] : text).ToString();
    }
}
