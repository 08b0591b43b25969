using Imap.Server.Wire;

namespace Imap.Server.Registry;

/// <summary>Reads what follows the word of a parameter of CREATE, its space included. RFC 4466 §2.2.</summary>
/// <param name="reader">The command.</param>
/// <param name="options">What the parameters before it say.</param>
/// <returns>What they say with this one.</returns>
delegate CreateOptions CreateParameterParser(ref ImapReader reader, CreateOptions options);
