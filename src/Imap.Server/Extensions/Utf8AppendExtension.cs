using Imap.Server.Appending;
using Imap.Server.Registry;

namespace Imap.Server.Extensions;

/// <summary>The form in which a message with UTF-8 in its header comes: <c>UTF8 (~{n}...)</c>. What stands in it is stored as any message. RFC 6855 §4.</summary>
sealed class Utf8AppendExtension : IImapExtension
{
    public void Register(ImapRegistry registry) => registry.AppendSource("UTF8", static (ref reader) => LiteralSource.ReadUtf8(ref reader));
}
