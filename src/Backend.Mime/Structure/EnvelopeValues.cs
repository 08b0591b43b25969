namespace Backend.Mime.Structure;

/// <summary>
/// The fields of a header that make an envelope, unfolded. Of a text the first field counts; the address fields of one name are
/// joined as if they were one, so that none of them is hidden from a client that looks at another.
/// </summary>
sealed class EnvelopeValues
{
    public byte[]? Date { get; private set; }

    public byte[]? Subject { get; private set; }

    public byte[]? From { get; private set; }

    public byte[]? Sender { get; private set; }

    public byte[]? ReplyTo { get; private set; }

    public byte[]? To { get; private set; }

    public byte[]? Cc { get; private set; }

    public byte[]? Bcc { get; private set; }

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
            From = Join(From, field.Value);
        else if (field.Is("Sender"u8))
            Sender = Join(Sender, field.Value);
        else if (field.Is("Reply-To"u8))
            ReplyTo = Join(ReplyTo, field.Value);
        else if (field.Is("To"u8))
            To = Join(To, field.Value);
        else if (field.Is("Cc"u8))
            Cc = Join(Cc, field.Value);
        else if (field.Is("Bcc"u8))
            Bcc = Join(Bcc, field.Value);
        else
            return false;
        return true;
    }

    static byte[] Join(byte[]? before, ReadOnlySpan<byte> value)
    {
        var unfolded = FieldValue.Unfold(value);
        return before is null ? unfolded : [.. before, .. ", "u8, .. unfolded];
    }
}
