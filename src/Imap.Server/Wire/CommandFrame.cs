namespace Imap.Server.Wire;

/// <summary>One command as it came.</summary>
/// <param name="Octets">
/// The command without its last CRLF, with its literals where they stood, announcements and all; up to and with the announcement of
/// <paramref name="Body"/> when there is one. Valid until the next command is read.
/// </param>
/// <param name="Body">The literal that has not been read and is the command's to read.</param>
/// <param name="Fault">Why it cannot be a command, as a sentence; else null.</param>
readonly record struct CommandFrame(ReadOnlyMemory<byte> Octets, LiteralHeader? Body, string? Fault)
{
    /// <summary>What the client is told with the fault; null for nothing.</summary>
    public ResponseCode? FaultCode { get; init; }
}
