using Imap.Server.Wire;

namespace Imap.Server.Errors;

/// <summary>A command that is well formed but that the server itself refuses, with NO. RFC 9051 §7.1.2.</summary>
sealed class CommandRefusedException(ResponseCode? code, string message) : Exception(message)
{
    public ResponseCode? Code { get; } = code;
}
