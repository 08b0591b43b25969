namespace Imap.Server.Errors;

/// <summary>A command that is not IMAP: it is answered with BAD and this text. RFC 9051 §7.1.3.</summary>
sealed class ImapSyntaxException(string message) : Exception(message);
