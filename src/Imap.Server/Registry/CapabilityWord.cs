using Imap.Server.Connection;
using Imap.Server.Session;

namespace Imap.Server.Registry;

/// <summary>A word in CAPABILITY. RFC 9051 §7.2.2.</summary>
/// <param name="Name">The word.</param>
/// <param name="States">The states in which it is there.</param>
/// <param name="When">What the connection has to be for it.</param>
/// <param name="Unless">What the connection must not be.</param>
sealed record CapabilityWord(string Name, SessionStates States, ConnectionTraits When, ConnectionTraits Unless)
{
    /// <summary>Whether it is there.</summary>
    public bool IsIn(SessionStates state, ConnectionTraits traits) => (States & state) != 0 && (traits & When) == When && (traits & Unless) == 0;
}
