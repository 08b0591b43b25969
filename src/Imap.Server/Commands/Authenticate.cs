using System.Buffers.Text;
using Imap.Server.Connection;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Logs a user in by a SASL mechanism. RFC 9051 §6.2.2; RFC 3501 §6.2.2; RFC 4422; RFC 4959.</summary>
/// <remarks>
/// States: not authenticated.<br/>
/// Syntax: <c>authenticate SP auth-type [SP (base64 / "=")] *(CRLF base64)</c><br/>
/// Responses: continuation requests; CAPABILITY in the tagged OK
/// </remarks>
sealed record Authenticate(string Mechanism, byte[]? InitialResponse) : IImapCommand<Authenticate>
{
    public static CommandDescriptor Descriptor { get; } = new("AUTHENTICATE", SessionStates.NotAuthenticated) { HasLongLine = true };

    public static Authenticate Parse(ref ImapReader reader)
    {
        reader.Space();
        var mechanism = Encoding.ASCII.GetString(reader.Atom("a SASL mechanism"));
        byte[]? response = null;
        if (reader.TryTake(' '))
        {
            response = Decode(reader.Rest is [(byte)'='] ? default : reader.Rest.IsEmpty ? throw reader.Expected("base64") : reader.Rest);
            return new Authenticate(mechanism, response);
        }

        reader.End();
        return new Authenticate(mechanism, null);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        var traits = session.Pipe.Traits;
        if (!session.Registry.SaslMechanisms.TryGetValue(Mechanism, out var entry) || (entry.When & ~traits) is not (ConnectionTraits.None or ConnectionTraits.TakesSecrets))
            return Completion.No(ResponseCode.Cannot, "There is no such SASL mechanism here; CAPABILITY tells those there are.");
        if ((entry.When & ~traits) != ConnectionTraits.None)
            return Completion.No(ResponseCode.PrivacyRequired, "Begin TLS first: this mechanism shows the password or token.");
        var mechanism = entry.Create(session);
        // RFC 4959 §3.
        if (InitialResponse is not null && !mechanism.ClientSpeaksFirst)
            return Completion.Bad("In this SASL mechanism the server speaks first.");
        ReadOnlyMemory<byte>? response = InitialResponse is { } given ? new ReadOnlyMemory<byte>(given) : default(ReadOnlyMemory<byte>?);
        if (response is null && mechanism.ClientSpeaksFirst)
            response = await ExchangeAsync(session, default);
        while (true)
        {
            var step = await mechanism.StepAsync(response, cancellationToken);
            if (step.User is { } user)
            {
                await session.LogInAsync(user);
                return session.WelcomeCompletion();
            }

            response = await ExchangeAsync(session, step.Challenge);
        }
    }

    static async ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(ImapSession session, ReadOnlyMemory<byte> challenge)
    {
        // RFC 9051 §9 (continue-req): the space is there also without a challenge.
        session.Writer.Octets("+ "u8).Atom(Convert.ToBase64String(challenge.Span)).Crlf();
        if (await session.Framer.ReadContinuationAsync(session.Framer.Limits.CommandPatience, maxLength: FramerLimits.MaxTokenLength) is not { } line)
            throw ConnectionEndException.ClientGone();
        // RFC 9051 §6.2.2: a lone asterisk cancels, which MUST be answered with BAD.
        if (line.Span is [(byte)'*'])
            throw new ImapSyntaxException("The client has cancelled.");
        return Decode(line.Span);
    }

    static byte[] Decode(ReadOnlySpan<byte> base64)
    {
        // RFC 4959 §3: whatever is not of the alphabet, or padding that is not at the end, is an error; blanks too.
        var octets = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        if (base64.IndexOfAny(" \t\r\n"u8) >= 0 || Base64.DecodeFromUtf8(base64, octets, out _, out var length) != System.Buffers.OperationStatus.Done)
            throw new ImapSyntaxException("The response is not base64.");
        return octets[..length];
    }
}
