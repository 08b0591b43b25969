namespace Backend.Abstractions.Model;

/// <summary>Reads an envelope from its wire form. RFC 9051 §9 (envelope).</summary>
static class EnvelopeDecoder
{
    public static EnvelopeFields Decode(ReadOnlySpan<byte> encoded)
    {
        var reader = new StructureReader(encoded);
        var fields = Read(ref reader);
        return reader.AtEnd ? fields : throw reader.Fault("expected the end");
    }

    public static EnvelopeFields Read(ref StructureReader reader)
    {
        reader.Take('(');
        var date = reader.TakeNString();
        reader.Take(' ');
        var subject = reader.TakeNString();
        var lists = new ImmutableArray<Address>[6];
        for (var i = 0; i < lists.Length; i++)
        {
            reader.Take(' ');
            lists[i] = ReadAddresses(ref reader);
        }

        reader.Take(' ');
        var inReplyTo = reader.TakeNString();
        reader.Take(' ');
        var messageId = reader.TakeNString();
        reader.Take(')');
        return new EnvelopeFields
        {
            Date = date,
            Subject = subject,
            From = lists[0],
            Sender = lists[1],
            ReplyTo = lists[2],
            To = lists[3],
            Cc = lists[4],
            Bcc = lists[5],
            InReplyTo = inReplyTo,
            MessageId = messageId,
        };
    }

    static ImmutableArray<Address> ReadAddresses(ref StructureReader reader)
    {
        if (reader.TryTakeNil())
            return [];
        var addresses = ImmutableArray.CreateBuilder<Address>();
        reader.Take('(');
        while (!reader.TryTake(')'))
        {
            reader.Take('(');
            var name = reader.TakeNString();
            reader.Take(' ');
            var route = reader.TakeNString();
            reader.Take(' ');
            var mailbox = reader.TakeNString();
            reader.Take(' ');
            var host = reader.TakeNString();
            reader.Take(')');
            addresses.Add(new Address(name, route, mailbox, host));
        }

        return addresses.DrainToImmutable();
    }
}
