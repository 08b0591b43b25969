using Imap.Server.Wire;

namespace Imap.Server.Registry;

/// <summary>Reads the value behind the name of a parameter or modifier, its space included. RFC 4466 §2.1, §2.4-2.5.</summary>
/// <typeparam name="TParameter">Which kind.</typeparam>
delegate TParameter ParameterParser<TParameter>(ref ImapReader reader);
