using Backend.Mime.Structure;

namespace Backend.Mime.Grammar;

/// <summary>Writes the envelope of a message. RFC 9051 §7.5.2 (ENVELOPE), §9 (envelope).</summary>
static class EnvelopeWriter
{
    public static void Write(StructureWriter writer, EnvelopeValues values)
    {
        var from = AddressReader.Read(values.From);
        writer.Raw("("u8);
        writer.NString(values.Date);
        writer.Raw(" "u8);
        writer.NString(values.Subject);
        Write(writer, from);
        WriteOr(writer, values.Sender, from);
        WriteOr(writer, values.ReplyTo, from);
        Write(writer, AddressReader.Read(values.To));
        Write(writer, AddressReader.Read(values.Cc));
        Write(writer, AddressReader.Read(values.Bcc));
        writer.Raw(" "u8);
        writer.NString(values.InReplyTo);
        writer.Raw(" "u8);
        writer.NString(values.MessageId);
        writer.Raw(")"u8);
    }

    // Sender and Reply-To are those of From where they are absent or empty: a client is not expected to know. RFC 9051 §7.5.2.
    static void WriteOr(StructureWriter writer, byte[]? field, List<EnvelopeAddress> from)
    {
        var addresses = AddressReader.Read(field);
        Write(writer, addresses.Count > 0 ? addresses : from);
    }

    static void Write(StructureWriter writer, List<EnvelopeAddress> addresses)
    {
        if (addresses.Count == 0)
        {
            writer.Raw(" NIL"u8);
            return;
        }

        writer.Raw(" ("u8);
        foreach (var address in addresses)
        {
            writer.Raw("("u8);
            writer.NString(address.Name);
            writer.Raw(" "u8);
            writer.NString(address.Route);
            writer.Raw(" "u8);
            writer.NString(address.Mailbox);
            writer.Raw(" "u8);
            writer.NString(address.Host);
            writer.Raw(")"u8);
        }

        writer.Raw(")"u8);
    }
}
