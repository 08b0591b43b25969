using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Extensions;

/// <summary>
/// I18NLEVEL=1: texts are compared by i;unicode-casemap, in SEARCH, SORT and THREAD: it is the contract of <see cref="SearchKey"/>. RFC 5255 §4.2-4.3; RFC 5256 §7.
/// Text in a charset that is not known is compared without regard to case too (deviation: §4.6 has i;octet).
/// </summary>
sealed class I18NLevelExtension : IImapExtension
{
    public void Register(ImapRegistry registry) => registry.Capability("I18NLEVEL=1", SessionStates.LoggedIn);
}
