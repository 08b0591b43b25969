using Backend.Mime.Grammar;
using Backend.Mime.Structure;
using MimeKit.Text;

namespace Backend.Mime.Text;

/// <summary>Makes the preview of a message: its first plain text with words in it, else its first HTML. RFC 8970 §3.1.</summary>
sealed class PreviewBuilder
{
    /// <summary>Characters in a preview at most. RFC 8970 §3.1.</summary>
    public const int MaxLength = 200;

    // Style sheets stand in front of the words.
    const int MaxPlainSource = 4 * 1024;
    const int MaxHtmlSource = 16 * 1024;

    string plain = "";
    string html = "";
    StringBuilder? source;
    int maxSource;
    bool isHtml;

    public void Begin(PartNode part)
    {
        isHtml = part.MediaType.Subtype == "HTML";
        var isPlain = part.Kind == PartKind.Multipart || part.MediaType.Subtype is "PLAIN" or "ENRICHED";
        var isWanted = plain.Length == 0 && (isPlain || (isHtml && html.Length == 0));
        if (!isWanted || Disposition.Read(part.Content.Disposition) is { IsAttachment: true })
            return;
        source = new StringBuilder();
        maxSource = isHtml ? MaxHtmlSource : MaxPlainSource;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        if (source is not null && source.Length < maxSource)
            source.Append(text[..Math.Min(text.Length, maxSource - source.Length)]);
    }

    public void End()
    {
        if (source is null)
            return;
        if (isHtml)
            html = HtmlText(source.ToString());
        else
            plain = OneLine(source.ToString());
        source = null;
    }

    public override string ToString() => plain.Length > 0 ? plain : html;

    static string HtmlText(string source)
    {
        var text = new StringBuilder();
        var tokenizer = new HtmlTokenizer(new StringReader(source)) { DecodeCharacterReferences = true };
        var hidden = HtmlTagId.Unknown;
        while (text.Length < 4 * MaxLength && tokenizer.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
            {
                text.Append(' ');
                if (hidden == HtmlTagId.Unknown && IsHidden(tag.Id) && !tag.IsEndTag && !tag.IsEmptyElement)
                    hidden = tag.Id;
                else if (tag.Id == hidden && tag.IsEndTag)
                    hidden = HtmlTagId.Unknown;
            }
            else if (token is HtmlDataToken { Kind: HtmlTokenKind.Data } data && hidden == HtmlTagId.Unknown)
            {
                text.Append(data.Data);
            }
        }

        return OneLine(text.ToString());
    }

    static bool IsHidden(HtmlTagId tag) => tag is HtmlTagId.Style or HtmlTagId.Script or HtmlTagId.Title or HtmlTagId.Head;

    // Runs of white space become one space, and signs without width go, with which senders fill up what previews show.
    static string OneLine(string text)
    {
        var line = new StringBuilder(MaxLength);
        var isSpacePending = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsWithoutWidth(rune))
                continue;
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                isSpacePending = line.Length > 0;
                continue;
            }

            if (line.Length + rune.Utf16SequenceLength + (isSpacePending ? 1 : 0) > MaxLength)
                break;
            if (isSpacePending)
                line.Append(' ');
            isSpacePending = false;
            line.Append(rune.ToString());
        }

        return line.ToString();
    }

    // Not the zero width joiner, which emoji are made with.
    static bool IsWithoutWidth(Rune rune) =>
        rune.Value == 0x034F || (rune.Value != 0x200D && Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format);
}
