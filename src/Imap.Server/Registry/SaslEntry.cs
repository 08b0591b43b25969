using Imap.Server.Connection;
using Imap.Server.Sasl;
using Imap.Server.Session;

namespace Imap.Server.Registry;

/// <summary>A mechanism of AUTHENTICATE.</summary>
/// <param name="When">What the connection has to be for it.</param>
/// <param name="Create">Begins an exchange.</param>
sealed record SaslEntry(ConnectionTraits When, Func<ImapSession, ISaslMechanism> Create);
