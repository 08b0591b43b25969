namespace Imap.Server.Wire;

/// <summary>Writes body structures as RFC 3501 §9 or RFC 9051 §9 has them (body): they differ in message/global.</summary>
static class BodyWriter
{
    /// <summary>body, with extension data where that is wanted: BODYSTRUCTURE, and BODY.</summary>
    public static void Body(this ImapWriter writer, BodyStructure structure, bool extended)
    {
        if (extended && (writer.Form == ImapForm.Rev2 || !MayHaveGlobal(structure)))
            writer.Octets(structure.Encoded.Span);
        else
            writer.Part(structure.Root, extended);
    }

    // The octets are the backend's, who may write the word in any case. To be wrong about it costs time and nothing else.
    static bool MayHaveGlobal(BodyStructure structure)
    {
        for (var rest = structure.Encoded.Span; rest.IndexOf("\"MESSAGE\" \""u8) is var at and >= 0; rest = rest[(at + 1)..])
            if (Ascii.EqualsIgnoreCase(rest.Slice(at + 11, Math.Min(6, rest.Length - at - 11)), "GLOBAL"u8))
                return true;
        return false;
    }

    static void Part(this ImapWriter writer, BodyPart part, bool extended)
    {
        writer.Octet('(');
        if (part is BodyPart.Multipart multipart)
        {
            foreach (var inner in multipart.Parts)
                writer.Part(inner, extended);
            writer.Space().String(multipart.Subtype);
            if (extended)
                writer.Space().Parameters(multipart.Parameters);
        }
        else
        {
            writer.Single((BodyPart.Single)part, extended);
        }

        if (extended)
            writer.Extension(part);
        writer.Octet(')');
    }

    static void Single(this ImapWriter writer, BodyPart.Single part, bool extended)
    {
        writer.String(part.MediaType).Space().String(part.Subtype).Space();
        writer.Parameters(part.Parameters).Space();
        writer.NString(part.Id).Space().NString(part.Description).Space().String(part.Encoding).Space().Number(part.Size);
        if (part is BodyPart.Text text)
            writer.Space().Number(text.Lines);
        // RFC 3501 §9 (media-message): of a message/global, which came after it, a client expects no more than of any attachment.
        if (part is BodyPart.Message message && (writer.Form == ImapForm.Rev2 || message.Subtype.Equals("RFC822", StringComparison.OrdinalIgnoreCase)))
        {
            writer.Space().Envelope(message.Envelope).Space().Part(message.Body, extended);
            writer.Space().Number(message.Lines);
        }

        if (extended)
            writer.Space().NString(part.Md5);
    }

    static void Extension(this ImapWriter writer, BodyPart part)
    {
        writer.Space();
        if (part.Disposition is { } disposition)
            writer.Octet('(').String(disposition.Type).Space().Parameters(disposition.Parameters).Octet(')');
        else
            writer.Nil();
        writer.Space().Languages(part.Languages).Space().NString(part.Location);
    }

    static ImapWriter Languages(this ImapWriter writer, ImmutableArray<string> languages)
    {
        if (languages.IsEmpty)
            return writer.Nil();
        var separator = '(';
        foreach (var language in languages)
        {
            writer.Octet(separator).String(language);
            separator = ' ';
        }

        return writer.Octet(')');
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
