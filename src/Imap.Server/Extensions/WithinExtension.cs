using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>WITHIN: the search keys YOUNGER and OLDER. RFC 5032.</summary>
sealed class WithinExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Capability("WITHIN", SessionStates.LoggedIn);
        registry.SearchKey("YOUNGER", static (ref reader, _) => new SearchKey.Younger(ReadInterval(ref reader)));
        registry.SearchKey("OLDER", static (ref reader, _) => new SearchKey.Older(ReadInterval(ref reader)));
    }

    static uint ReadInterval(ref ImapReader reader)
    {
        reader.Space();
        return reader.NonZeroNumber();
    }
}
