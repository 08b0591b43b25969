namespace Imap.Server.Connection;

/// <summary>A mark on connections of an endpoint where TLS begins at once. RFC 8314 §3.2.</summary>
sealed class ImplicitTls
{
    /// <summary>The mark.</summary>
    public static ImplicitTls Mark { get; } = new();
}
