using Imap.Server.Registry;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>A data item with one value: FLAGS, ENVELOPE... RFC 9051 §6.4.5.</summary>
/// <param name="name">Its word, with a space behind it.</param>
/// <param name="attribute">What the backend is asked for.</param>
/// <param name="write">Writes the value.</param>
sealed class AttributeItem(string name, FetchAttributes attribute, Action<ImapWriter, Message> write) : FetchItem
{
    readonly byte[] prefix = Encoding.ASCII.GetBytes(name + " ");

    public override FetchAttributes Attributes => attribute;

    public override ValueTask WriteAsync(ImapWriter writer, Message message, Octets? content, CancellationToken cancellationToken)
    {
        writer.Octets(prefix);
        write(writer, message);
        return default;
    }
}
