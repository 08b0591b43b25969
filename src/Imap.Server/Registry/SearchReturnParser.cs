using Imap.Server.Wire;

namespace Imap.Server.Registry;

/// <summary>Reads what follows the word of an option behind RETURN, its space included.</summary>
delegate SearchReturnOption SearchReturnParser(ref ImapReader reader);
