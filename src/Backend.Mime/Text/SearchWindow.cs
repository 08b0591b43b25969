using System.Buffers;

namespace Backend.Mime.Text;

/// <summary>Looks for a folded text in text that comes in pieces, and keeps no more of that than the text looked for could begin in.</summary>
sealed class SearchWindow(string foldedNeedle) : ITextTarget
{
    readonly ArrayBufferWriter<char> window = new(1024);
    bool endsLine = true;

    /// <summary>Whether it has been found.</summary>
    public bool IsFound { get; private set; } = foldedNeedle.Length == 0;

    public bool IsDone => IsFound;

    public bool IsFull => IsFound;

    public void Append(ReadOnlySpan<char> text)
    {
        if (IsFound || text.IsEmpty)
            return;
        var searched = Math.Max(window.WrittenCount - foldedNeedle.Length + 1, 0);
        CaseFolding.Fold(text, window);
        endsLine = text[^1] == '\n';
        IsFound = window.WrittenSpan[searched..].Contains(foldedNeedle, StringComparison.Ordinal);
        Forget();
    }

    public void EndLine()
    {
        if (!endsLine)
            Append("\n");
    }

    void Forget()
    {
        var kept = window.WrittenSpan;
        if (kept.Length < 4 * foldedNeedle.Length && kept.Length < 1024)
            return;
        var tail = kept[^Math.Min(foldedNeedle.Length, kept.Length)..].ToArray();
        window.ResetWrittenCount();
        window.Write(tail);
    }
}
