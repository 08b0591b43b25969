using Imap.Server.Appending;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>
/// UTF8=ACCEPT: UTF-8 in quoted strings, names and headers, and the form <c>UTF8 (~{n}...)</c> of APPEND for messages that have it. RFC 6855. A message that was appended with UTF-8 in its header is given to every
/// client as it is (deviation: §8 has it made ASCII for those that have not enabled it), and one that comes so without UTF8 is taken
/// (deviation: §4 has it refused from those that have not).
/// </summary>
sealed class Utf8AcceptExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("UTF8=ACCEPT", SessionStates.LoggedIn);
        registry.Enablable(new Enablable("UTF8=ACCEPT") { Form = ImapForm.Utf8, FixesCharset = true });
        registry.AppendSource("UTF8", static (ref reader) => LiteralSource.ReadUtf8(ref reader));
    }
}
