using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Extensions;

/// <summary>I18NLEVEL=1: SEARCH, SORT and THREAD compare texts by i;unicode-casemap, after decoding. RFC 5255 §4.2-4.3, §4.6; RFC 5256 §7.</summary>
sealed class I18NLevelExtension : IImapExtension
{
    public void Register(ImapRegistry registry) => registry.Capability("I18NLEVEL=1", SessionStates.LoggedIn);
}
