namespace Backend.Mime.Grammar;

/// <summary>One address of an envelope: the octets of the header. RFC 9051 §9 (address).</summary>
/// <param name="Name">The display name, or null.</param>
/// <param name="Route">The source route, or null.</param>
/// <param name="Mailbox">The local part, or a group's name; null at the end of a group.</param>
/// <param name="Host">The domain; null at the start and the end of a group.</param>
sealed record EnvelopeAddress(byte[]? Name, byte[]? Route, byte[]? Mailbox, byte[]? Host)
{
    public static EnvelopeAddress GroupEnd { get; } = new(null, null, null, null);

    public static EnvelopeAddress GroupStart(byte[] name) => new(null, null, name, null);
}
