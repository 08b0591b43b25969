using Backend.Mime.Structure;

namespace Backend.Mime.Tests;

/// <summary>
/// MimeKit's own reader as a second opinion. It is not used itself: it refuses mails whose header it cannot read, and takes for
/// messages what IMAP does not (RFC 9051 §9, body-type-msg).
/// </summary>
public sealed class ReaderComparisonTests
{
    // Message types to it alone.
    static readonly string[] OtherMessages =
        ["TEXT/RFC822-HEADERS begins", "MESSAGE/NEWS begins", "MESSAGE/EXTERNAL-BODY begins", "MESSAGE/GLOBAL-HEADERS begins", "MESSAGE/PARTIAL begins"];

    // Where it is not followed, and why.
    static readonly Dictionary<string, string> Differences = new(StringComparer.Ordinal)
    {
        ["007-spamassassin-mime8.eml"] = "no media type: text/plain by RFC 2045 §5.2, it says application/octet-stream",
        ["014-kmime-clusterfuzz-testcase-minimized-kmime-fuz.eml"] = "the same",
        ["272-enmime-barren-content-type.eml"] = "the same",
        ["jwz.mbox.gz#1"] = "the same",
        ["jwz.mbox.gz#29"] = "the same",
        ["jwz.mbox.gz#134"] = "the same",
        ["008-mail-parser-017.eml"] = "no semicolon before the boundary: it finds no part",
        ["251-james-project-mdn-complex.eml"] = "ends with a delimiter: the part behind it is empty, and not shown below",
        ["bounces.mbox.gz#284"] = "a message without body, which the grammar demands",
        ["bounces.mbox.gz#487"] = "the same",
    };

    [Fact]
    public async Task Real_mail_has_the_parts_that_another_reader_finds_at_the_same_places()
    {
        var compared = 0;
        foreach (var (name, message) in Corpus.All())
        {
            if (await FindAsync(message) is not { } expected || expected.Any(OtherMessages.Contains))
                continue;
            var parsed = await Mail.ParseAsync(message);
            var found = new List<string>();
            Walk(parsed.Layout.Root, parsed.BodyStructure.Root, found);
            var differs = !expected.SequenceEqual(found);
            var explanation = Differences.GetValueOrDefault(name.Replace(" (CRLF)", "", StringComparison.Ordinal));
            Assert.True(differs == explanation is not null, $"{name} ({explanation}):\n{string.Join(" | ", expected)}\n{string.Join(" | ", found)}");
            compared++;
        }

        Assert.True(compared > 17_000, $"only {compared} mails were compared");
    }

    static async Task<List<string>?> FindAsync(byte[] message)
    {
        try
        {
            return await ReaderTree.ReadAsync(message);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    static void Walk(LayoutPart layout, BodyPart part, List<string> found)
    {
        switch (part)
        {
            case BodyPart.Multipart multipart:
                found.Add($"MULTIPART/{multipart.Subtype} begins");
                for (var i = 0; i < layout.Parts.Length; i++)
                    if (!IsAdded(layout, layout.Parts[i]))
                        Walk(layout.Parts[i], multipart.Parts[i], found);
                found.Add("ends");
                break;
            case BodyPart.Message message:
                found.Add($"MESSAGE/{message.Subtype} begins");
                Walk(layout.Message!, message.Body, found);
                found.Add("ends");
                break;
            case BodyPart.Single single:
                found.Add($"{single.MediaType}/{single.Subtype} {layout.Body.Offset}-{layout.Body.End}");
                break;
        }
    }

    // The empty part of a multipart without parts.
    static bool IsAdded(LayoutPart multipart, LayoutPart part) => part.Header == new OctetRange(multipart.Body.End, 0) && part.Body == part.Header;
}
