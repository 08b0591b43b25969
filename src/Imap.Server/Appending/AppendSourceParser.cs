using Imap.Server.Wire;

namespace Imap.Server.Appending;

/// <summary>Reads what follows the word of a form of append-data, as far as it is known before the first octet of the message. RFC 4466 §2.5.</summary>
delegate AppendSource AppendSourceParser(ref ImapReader reader);
