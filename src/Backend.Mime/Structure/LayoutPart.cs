namespace Backend.Mime.Structure;

/// <summary>Where one part stands.</summary>
/// <param name="Kind">What the part is.</param>
/// <param name="Header">Its header with the empty line; the message's where the part is the body of a message.</param>
/// <param name="Body">What follows the header.</param>
/// <param name="Parts">The parts of a multipart; the one body of a message.</param>
sealed record LayoutPart(PartKind Kind, OctetRange Header, OctetRange Body, ImmutableArray<LayoutPart> Parts)
{
    /// <summary>The body of the message within, whose header is the header of that message.</summary>
    public LayoutPart? Message => Kind == PartKind.Message ? Parts[0] : null;

    /// <summary>The part of this number in the message whose body this is. RFC 9051 §6.4.5.1.</summary>
    public LayoutPart? InMessage(int number) => Kind == PartKind.Multipart ? Child(number) : number == 1 ? this : null;

    /// <summary>The part of this number in this multipart.</summary>
    public LayoutPart? Child(int number) => Kind == PartKind.Multipart && number >= 1 && number <= Parts.Length ? Parts[number - 1] : null;
}
