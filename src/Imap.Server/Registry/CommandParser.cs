using Imap.Server.Wire;

namespace Imap.Server.Registry;

/// <summary>Reads a command's arguments.</summary>
delegate IParsedCommand CommandParser(ref ImapReader reader);
