namespace Imap.Server.Errors;

/// <summary>The connection cannot go on. With a text the client is told by BYE (RFC 9051 §7.1.5), without one there is nobody to tell.</summary>
sealed class ConnectionEndException : Exception
{
    /// <summary>The client is gone.</summary>
    public ConnectionEndException() : base("The client is gone.") => Text = null;

    /// <summary>The server ends it.</summary>
    public ConnectionEndException(string text) : base(text) => Text = text;

    /// <summary>What BYE says.</summary>
    public string? Text { get; }
}
