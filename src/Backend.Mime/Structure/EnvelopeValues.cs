using System.Buffers;

namespace Backend.Mime.Structure;

/// <summary>
/// The fields of a header that make an envelope, unfolded. Of a text the first field counts; the address fields of one name are
/// joined as if they were one, so that none of them is hidden from a client that looks at another.
/// </summary>
sealed class EnvelopeValues
{
    ArrayBufferWriter<byte>? from;
    ArrayBufferWriter<byte>? sender;
    ArrayBufferWriter<byte>? replyTo;
    ArrayBufferWriter<byte>? to;
    ArrayBufferWriter<byte>? cc;
    ArrayBufferWriter<byte>? bcc;

    public byte[]? Date { get; private set; }

    public byte[]? Subject { get; private set; }

    public byte[]? From => Joined(from);

    public byte[]? Sender => Joined(sender);

    public byte[]? ReplyTo => Joined(replyTo);

    public byte[]? To => Joined(to);

    public byte[]? Cc => Joined(cc);

    public byte[]? Bcc => Joined(bcc);

    public byte[]? InReplyTo { get; private set; }

    public byte[]? MessageId { get; private set; }

    /// <summary>Keeps the field where it is one of these.</summary>
    /// <returns>Whether it is.</returns>
    public bool Take(HeaderField field) => field.Name.Length <= "In-Reply-To".Length && (TakeText(field) || TakeAddresses(field));

    bool TakeText(HeaderField field)
    {
        if (field.Is("Date"u8))
            Date ??= FieldValue.Unfold(field.Value);
        else if (field.Is("Subject"u8))
            Subject ??= FieldValue.Unfold(field.Value);
        else if (field.Is("In-Reply-To"u8))
            InReplyTo ??= FieldValue.Unfold(field.Value);
        else if (field.Is("Message-ID"u8))
            MessageId ??= FieldValue.Unfold(field.Value);
        else
            return false;
        return true;
    }

    bool TakeAddresses(HeaderField field)
    {
        if (field.Is("From"u8))
            Join(ref from, field.Value);
        else if (field.Is("Sender"u8))
            Join(ref sender, field.Value);
        else if (field.Is("Reply-To"u8))
            Join(ref replyTo, field.Value);
        else if (field.Is("To"u8))
            Join(ref to, field.Value);
        else if (field.Is("Cc"u8))
            Join(ref cc, field.Value);
        else if (field.Is("Bcc"u8))
            Join(ref bcc, field.Value);
        else
            return false;
        return true;
    }

    static void Join(ref ArrayBufferWriter<byte>? fields, ReadOnlySpan<byte> value)
    {
        var unfolded = FieldValue.Unfold(value);
        if (fields is null)
            fields = new ArrayBufferWriter<byte>(Math.Max(unfolded.Length, 1));
        else
            fields.Write(", "u8);
        fields.Write(unfolded);
    }

    static byte[]? Joined(ArrayBufferWriter<byte>? fields) => fields?.WrittenSpan.ToArray();
}
