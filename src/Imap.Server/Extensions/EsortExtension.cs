using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Extensions;

/// <summary>
/// ESORT: SORT takes the options behind RETURN that SEARCH does, and they go by its order: MIN is the first of it and MAX the last. RFC 5267 §3.
/// </summary>
sealed class EsortExtension : IImapExtension
{
    public void Register(ImapRegistry registry) => registry.Capability("ESORT", SessionStates.LoggedIn);
}
