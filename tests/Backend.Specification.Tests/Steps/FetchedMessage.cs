namespace Backend.Specification.Tests.Steps;

/// <summary>A message as it was listed, with the octets of its sections read while they could be.</summary>
/// <param name="Message">The message.</param>
/// <param name="Octets">The octets of each section asked for; null where the message has none such.</param>
public sealed record FetchedMessage(Message Message, ImmutableArray<byte[]?> Octets)
{
    public Uid Uid => Message.Uid;

    public FlagSet? Flags => Message.Flags;

    public DateTimeOffset? InternalDate => Message.InternalDate;

    public long? Size => Message.Size;

    public ModSeq? ModSeq => Message.ModSeq;

    public Envelope? Envelope => Message.Envelope;

    public string? EmailId => Message.EmailId;

    public string? ThreadId => Message.ThreadId;
}
