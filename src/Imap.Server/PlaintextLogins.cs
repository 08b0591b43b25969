namespace Imap.Server;

/// <summary>Where passwords and tokens may travel without TLS. RFC 9051 §11.2-11.3.</summary>
public enum PlaintextLogins
{
    /// <summary>Nowhere.</summary>
    Never,

    /// <summary>From this machine to itself.</summary>
    Loopback,

    /// <summary>Everywhere: for networks that are trusted, and behind a TLS proxy on another machine.</summary>
    Always,
}
