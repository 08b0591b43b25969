namespace Backend.Abstractions.Model;

/// <summary>
/// One address of an <see cref="Envelope"/>. Texts are the header's own: encoded-words stay encoded. RFC 9051 §7.5.2 (ENVELOPE).
/// </summary>
/// <param name="Name">The display name, or null.</param>
/// <param name="Route">The source route of RFC 822 mail, or null.</param>
/// <param name="Mailbox">The local part; the group's name where <paramref name="Host"/> is null; null ends a group.</param>
/// <param name="Host">The domain, or null for the start and the end of a group.</param>
public sealed record Address(string? Name, string? Route, string? Mailbox, string? Host);
