namespace Backend.Abstractions.Capabilities;

/// <summary>
/// A mailbox that gives parts without their content transfer encoding, where <see cref="SectionItem.IsDecoded"/> asks for it:
/// <list type="bullet">
/// <item>base64, quoted-printable and uuencode are decoded, as far as malformed ones can be; 7bit, 8bit and binary are as they stand, and so
/// are a whole message and a multipart, which have no encoding of their own. Of any other: <see cref="FetchedSection.IsEncodingUnknown"/>.</item>
/// <item>Lines of text/* end with CRLF, but where the encoding is "binary". RFC 3516 §6.</item>
/// <item><see cref="Octets.Length"/> and <see cref="Octets.HasNul"/> are exact before the first octet is read, whatever the size, and no part
/// of any size is in memory as a whole for that.</item>
/// </list>
/// RFC 9051 §6.4.5 (BINARY), §7.5.2; RFC 3516 §4.
/// </summary>
public interface IBinaryMailbox : IMailbox
{
}
