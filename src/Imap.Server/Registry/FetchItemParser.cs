using Imap.Server.Wire;

namespace Imap.Server.Registry;

/// <summary>Reads what follows the name of a data item of FETCH, such as the section of BODY.</summary>
delegate FetchItem FetchItemParser(ref ImapReader reader);
