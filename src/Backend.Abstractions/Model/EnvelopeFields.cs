namespace Backend.Abstractions.Model;

/// <summary>
/// What an <see cref="Envelope"/> says, field by field. Texts are the header's own (encoded-words stay encoded), unfolded; octets that
/// are not UTF-8 come as Latin-1. Null: the header has no such field. RFC 9051 §7.5.2 (ENVELOPE).
/// </summary>
public sealed record EnvelopeFields
{
    /// <summary>The Date field as it stands.</summary>
    public string? Date { get; init; }

    /// <summary>The Subject field.</summary>
    public string? Subject { get; init; }

    /// <summary>The From addresses.</summary>
    public ImmutableArray<Address> From { get; init; } = [];

    /// <summary>The Sender addresses; those of From where the header has none.</summary>
    public ImmutableArray<Address> Sender { get; init; } = [];

    /// <summary>The Reply-To addresses; those of From where the header has none.</summary>
    public ImmutableArray<Address> ReplyTo { get; init; } = [];

    /// <summary>The To addresses.</summary>
    public ImmutableArray<Address> To { get; init; } = [];

    /// <summary>The Cc addresses.</summary>
    public ImmutableArray<Address> Cc { get; init; } = [];

    /// <summary>The Bcc addresses.</summary>
    public ImmutableArray<Address> Bcc { get; init; } = [];

    /// <summary>The In-Reply-To field.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>The Message-ID field.</summary>
    public string? MessageId { get; init; }
}
