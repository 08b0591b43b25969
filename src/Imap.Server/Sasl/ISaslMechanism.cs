namespace Imap.Server.Sasl;

/// <summary>One exchange of a SASL mechanism, from the server's side. RFC 4422 §3; RFC 9051 §6.2.2.</summary>
interface ISaslMechanism
{
    /// <summary>Whether the client speaks first, so that it may do so in the command itself. RFC 4959 §3.</summary>
    bool ClientSpeaksFirst { get; }

    /// <summary>Takes a response of the client's.</summary>
    /// <param name="response">The octets, decoded; null when the server speaks first and has to begin.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The user when the exchange is over, else the next challenge.</returns>
    /// <exception cref="BackendException">The client is not let in.</exception>
    /// <exception cref="ImapSyntaxException">The response is not one of this mechanism.</exception>
    ValueTask<SaslStep> StepAsync(ReadOnlyMemory<byte>? response, CancellationToken cancellationToken);
}
