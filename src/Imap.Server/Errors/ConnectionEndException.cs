namespace Imap.Server.Errors;

/// <summary>The connection cannot go on. With a text the client is told by BYE (RFC 9051 §7.1.5).</summary>
sealed class ConnectionEndException : Exception
{
    ConnectionEndException(string message, string? text, bool isClientGone) : base(message) => (Text, IsClientGone) = (text, isClientGone);

    /// <summary>The server ends it, and says why.</summary>
    public ConnectionEndException(string text) : this(text, text, false)
    {
    }

    /// <summary>What BYE says; null when nothing may be said any more.</summary>
    public string? Text { get; }

    /// <summary>Whether nobody is there to take what is still to be sent.</summary>
    public bool IsClientGone { get; }

    /// <summary>The client has gone, or takes nothing.</summary>
    public static ConnectionEndException ClientGone() => new("The client is gone.", null, true);

    /// <summary>TLS has not come about: what is said in clear would not be understood.</summary>
    public static ConnectionEndException NoTls(string reason) => new(reason, null, false);

    /// <summary>Half an answer has been sent and the rest cannot be: BYE would be taken for a part of it.</summary>
    public static ConnectionEndException CutOff() => new("An answer could not be finished.", null, false);
}
