using Imap.Server.Wire;

namespace Imap.Server.Registry;

/// <summary>Reads what follows the word of a search key, its space included.</summary>
/// <param name="reader">The command.</param>
/// <param name="charset">In which strings are written. RFC 9051 §6.4.4.</param>
delegate SearchKey SearchKeyParser(ref ImapReader reader, Encoding charset);
