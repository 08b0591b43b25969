namespace Imap.Server.Session;

/// <summary>The states of a connection, and sets of them. RFC 9051 §3.</summary>
[Flags]
enum SessionStates
{
    /// <summary>Nobody has logged in yet.</summary>
    NotAuthenticated = 1 << 0,

    /// <summary>Somebody has, and no mailbox is selected.</summary>
    Authenticated = 1 << 1,

    /// <summary>A mailbox is selected.</summary>
    Selected = 1 << 2,

    /// <summary>Somebody has logged in.</summary>
    LoggedIn = Authenticated | Selected,

    /// <summary>Any state.</summary>
    Any = NotAuthenticated | LoggedIn,
}
