using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Extensions;

/// <summary>APPENDLIMIT: how many octets a message has at most that is appended, the same for all mailboxes. APPEND refuses larger ones with TOOBIG. RFC 7889.</summary>
sealed class AppendLimitExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        var limit = registry.Options.MaxAppendSize;
        registry.Capability(string.Create(CultureInfo.InvariantCulture, $"APPENDLIMIT={limit}"), SessionStates.LoggedIn);
        registry.StatusItem(new StatusItem("APPENDLIMIT", StatusItems.None, _ => (long?)limit));
    }
}
