namespace Imap.Server.Wire;

/// <summary>Writes a body structure without extension data, as BODY has it. RFC 9051 §9 (body).</summary>
static class BodyWriter
{
    /// <summary>body, without body-ext-1part and body-ext-mpart.</summary>
    public static void Body(this ImapWriter writer, BodyPart part)
    {
        writer.Octet('(');
        if (part is BodyPart.Multipart multipart)
        {
            foreach (var inner in multipart.Parts)
                writer.Body(inner);
            writer.Space().String(multipart.Subtype);
        }
        else
        {
            writer.Single((BodyPart.Single)part);
        }

        writer.Octet(')');
    }

    static void Single(this ImapWriter writer, BodyPart.Single part)
    {
        writer.String(part.MediaType).Space().String(part.Subtype).Space();
        writer.Parameters(part.Parameters).Space();
        writer.NString(part.Id).Space().NString(part.Description).Space().String(part.Encoding).Space().Number(part.Size);
        if (part is BodyPart.Text text)
            writer.Space().Number(text.Lines);
        if (part is not BodyPart.Message message)
            return;
        writer.Space().Envelope(message.Envelope).Space().Body(message.Body);
        writer.Space().Number(message.Lines);
    }

    static ImapWriter Parameters(this ImapWriter writer, ImmutableArray<BodyParameter> parameters)
    {
        if (parameters.IsEmpty)
            return writer.Nil();
        var separator = '(';
        foreach (var parameter in parameters)
        {
            writer.Octet(separator).String(parameter.Name).Space().String(parameter.Value);
            separator = ' ';
        }

        return writer.Octet(')');
    }

    static ImapWriter Envelope(this ImapWriter writer, EnvelopeFields envelope)
    {
        writer.Octet('(').NString(envelope.Date).Space().NString(envelope.Subject);
        foreach (var addresses in (ReadOnlySpan<ImmutableArray<Address>>)[envelope.From, envelope.Sender, envelope.ReplyTo, envelope.To, envelope.Cc, envelope.Bcc])
            writer.Space().Addresses(addresses);
        return writer.Space().NString(envelope.InReplyTo).Space().NString(envelope.MessageId).Octet(')');
    }

    static void Addresses(this ImapWriter writer, ImmutableArray<Address> addresses)
    {
        if (addresses.IsEmpty)
        {
            writer.Nil();
            return;
        }

        writer.Octet('(');
        foreach (var address in addresses)
            writer.Octet('(').NString(address.Name).Space().NString(address.Route).Space().NString(address.Mailbox).Space().NString(address.Host).Octet(')');
        writer.Octet(')');
    }
}
