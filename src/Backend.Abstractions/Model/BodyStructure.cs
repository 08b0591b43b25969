namespace Backend.Abstractions.Model;

/// <summary>
/// The MIME structure of a message. A store keeps and sends its <see cref="Encoded"/> form as it is; <see cref="Root"/> is read from
/// it when somebody asks. Immutable. RFC 9051 §7.5.2 (BODYSTRUCTURE), §9 (body).
/// </summary>
public sealed class BodyStructure
{
    BodyPart? root;

    /// <summary>A body structure in the form of the grammar, with extension data, as <see cref="Encoded"/> gave it.</summary>
    /// <param name="encoded">Octets of RFC 9051 §9 <c>body</c>; not copied.</param>
    public BodyStructure(ReadOnlyMemory<byte> encoded) => Encoded = encoded;

    /// <summary>The structure with extension data as RFC 9051 §9 <c>body</c> writes it, ready to send as BODYSTRUCTURE.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>The part at the top.</summary>
    /// <exception cref="FormatException">The octets given to the constructor are no body structure.</exception>
    public BodyPart Root => root ??= BodyStructureDecoder.Decode(Encoded.Span);
}
