namespace Imap.Server.Connection;

/// <summary>What a connection is, as far as it decides what the server offers on it. RFC 9051 §7.2.2.</summary>
[Flags]
enum ConnectionTraits
{
    /// <summary>Nothing in particular.</summary>
    None = 0,

    /// <summary>TLS may begin: there is a certificate, and no TLS yet. RFC 9051 §6.2.1.</summary>
    MayStartTls = 1 << 0,

    /// <summary>Passwords and tokens may travel on it as they are. RFC 9051 §11.2-11.3.</summary>
    TakesSecrets = 1 << 1,

    /// <summary>It has TLS whose server certificate is known, to which a login can be bound. RFC 5929 §4.</summary>
    HasChannelBinding = 1 << 2,

    /// <summary>The server can judge tokens.</summary>
    TakesTokens = 1 << 3,
}
