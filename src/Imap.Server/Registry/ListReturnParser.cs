using Imap.Server.Wire;

namespace Imap.Server.Registry;

/// <summary>Reads what follows the word of a return option, its space included.</summary>
/// <param name="reader">The command.</param>
delegate ListReturn ListReturnParser(ref ImapReader reader);
