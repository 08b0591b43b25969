using Imap.Server.Wire;

namespace Imap.Server.Registry;

/// <summary>A response code that SELECT and EXAMINE always tell, in an untagged OK. RFC 9051 §6.3.2.</summary>
/// <param name="Name">Its word.</param>
/// <param name="Text">The text behind it.</param>
/// <param name="Code">The code for a mailbox that has just been opened; null for none.</param>
sealed record SelectCode(string Name, string Text, Func<IMailbox, SelectData, ResponseCode?> Code);
