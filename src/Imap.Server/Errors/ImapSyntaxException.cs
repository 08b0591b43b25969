using Imap.Server.Wire;

namespace Imap.Server.Errors;

/// <summary>A command that is not IMAP: it is answered with BAD and this text. RFC 9051 §7.1.3.</summary>
sealed class ImapSyntaxException(string message, ResponseCode? code = null) : Exception(message)
{
    /// <summary>What the client is told with it; null for nothing.</summary>
    public ResponseCode? Code { get; } = code;
}
