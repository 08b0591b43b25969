namespace Backend.Abstractions.Model;

/// <summary>
/// The envelope structure of a message. A store keeps and sends its <see cref="Encoded"/> form as it is; <see cref="Fields"/> are
/// read from it when somebody asks. Immutable. RFC 9051 §7.5.2 (ENVELOPE), §9 (envelope).
/// </summary>
public sealed class Envelope
{
    EnvelopeFields? fields;

    /// <summary>An envelope in the form of the grammar, as <see cref="Encoded"/> gave it.</summary>
    /// <param name="encoded">Octets of RFC 9051 §9 <c>envelope</c>; not copied.</param>
    public Envelope(ReadOnlyMemory<byte> encoded) => Encoded = encoded;

    /// <summary>The envelope as RFC 9051 §9 <c>envelope</c> writes it, ready to send to any client.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>What the envelope says.</summary>
    /// <exception cref="FormatException">The octets given to the constructor are no envelope.</exception>
    public EnvelopeFields Fields => fields ??= EnvelopeDecoder.Decode(Encoded.Span);
}
