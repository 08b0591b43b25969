using System.Runtime.CompilerServices;
using Imap.Server.Appending;
using Imap.Server.Wire;

namespace Imap.Server.Extensions.Catenate;

/// <summary>
/// The parts of a catenated message: texts, which come with the command, and parts of messages, which are read out of the store as they are
/// wanted. RFC 4469 §3, §5; RFC 6855 §4.
/// </summary>
sealed class CatenateSource : AppendSource
{
    public override async IAsyncEnumerable<Stream> OpenAsync(ArrivingMessages messages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var part = messages.Text.Read(ReadPart);
            if (part.Url is { } url)
            {
                var octets = await MessageUrl.FindAsync(messages, url, cancellationToken);
                await using var stored = new StoredPart(octets, cancellationToken);
                yield return stored;
            }
            else
            {
                await using (var text = messages.OpenLiteral(part.Text))
                    yield return text;
                await messages.Text.ReadOnAsync();
                if (part.IsInParentheses)
                    messages.Text.Take(')');
            }
        }
        while (messages.Text.TryTake(' '));
        messages.Text.Take(')');
    }

    // cat-part = text-literal / url / utf8-literal.
    static Part ReadPart(ref ImapReader reader)
    {
        if (reader.TryWord("URL "u8))
            return new Part(reader.AStringText("a URL"), default, false);
        if (reader.TryWord("TEXT "u8))
            return new Part(null, LiteralSource.ReadHeader(ref reader), false);
        return reader.TryWord("UTF8 (~"u8)
            ? new Part(null, LiteralSource.ReadHeader(ref reader), true)
            : throw reader.Expected("TEXT or URL");
    }

    readonly record struct Part(string? Url, LiteralHeader Text, bool IsInParentheses);
}
