using Imap.Server.Registry;
using Imap.Server.Session;

namespace Imap.Server.Extensions;

/// <summary>SORT=DISPLAY: SORT by what a client shows of an address. RFC 5957.</summary>
sealed class SortDisplayExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Requires<ISortMailbox>("SORT=DISPLAY");
        registry.Capability("SORT=DISPLAY", SessionStates.LoggedIn);
        registry.SortKey("DISPLAYFROM", SortField.DisplayFrom);
        registry.SortKey("DISPLAYTO", SortField.DisplayTo);
    }
}
