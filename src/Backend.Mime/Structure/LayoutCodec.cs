using System.Buffers;

namespace Backend.Mime.Structure;

/// <summary>
/// The stored form of a layout: the parts from the outermost on, each with its kind and number of parts in one number, the octets
/// between the place where it could start and its start, and the lengths of header and body. Numbers are seven bits an octet, the lowest first.
/// </summary>
static class LayoutCodec
{
    const byte Version = 1;

    public static byte[] Encode(LayoutPart root)
    {
        var writer = new ArrayBufferWriter<byte>(64);
        writer.Write([Version]);
        Write(writer, root, 0);
        return writer.WrittenSpan.ToArray();
    }

    public static LayoutPart Decode(ReadOnlySpan<byte> encoded)
    {
        if (encoded is not [Version, ..])
            throw Fault();
        var position = 1;
        var root = Read(encoded, ref position, 0, 0);
        return position == encoded.Length ? root : throw Fault();
    }

    static void Write(ArrayBufferWriter<byte> writer, LayoutPart part, long from)
    {
        WriteNumber(writer, ((long)part.Parts.Length << 2) | (long)part.Kind);
        WriteNumber(writer, part.Header.Offset - from);
        WriteNumber(writer, part.Header.Length);
        WriteNumber(writer, part.Body.Length);
        from = part.Body.Offset;
        foreach (var child in part.Parts)
        {
            Write(writer, child, from);
            from = child.Body.End;
        }
    }

    static LayoutPart Read(ReadOnlySpan<byte> encoded, ref int position, long from, int depth)
    {
        var head = ReadNumber(encoded, ref position);
        var (kind, count) = ((PartKind)(head & 3), head >> 2);
        var header = new OctetRange(from + ReadNumber(encoded, ref position), ReadNumber(encoded, ref position));
        var body = new OctetRange(header.End, ReadNumber(encoded, ref position));

        // A part takes four octets at least.
        var fits = count <= (encoded.Length - position) / 4 && depth <= MessageScan.MaxDepth && kind switch
        {
            PartKind.Leaf => count == 0,
            PartKind.Message => count == 1,
            PartKind.Multipart => count >= 1,
            _ => false,
        };
        if (!fits)
            throw Fault();

        var parts = ImmutableArray.CreateBuilder<LayoutPart>((int)count);
        from = body.Offset;
        for (var i = 0; i < count; i++)
        {
            parts.Add(Read(encoded, ref position, from, depth + 1));
            from = parts[i].Body.End;
        }

        return from <= body.End ? new LayoutPart(kind, header, body, parts.MoveToImmutable()) : throw Fault();
    }

    static void WriteNumber(ArrayBufferWriter<byte> writer, long number)
    {
        var octets = writer.GetSpan(10);
        var length = 0;
        for (; number >= 0x80; number >>= 7)
            octets[length++] = (byte)(number | 0x80);
        octets[length++] = (byte)number;
        writer.Advance(length);
    }

    static long ReadNumber(ReadOnlySpan<byte> encoded, ref int position)
    {
        long number = 0;
        for (var shift = 0; shift < 49; shift += 7)
        {
            if (position == encoded.Length)
                throw Fault();
            var octet = encoded[position++];
            number |= (long)(octet & 0x7f) << shift;
            if (octet < 0x80)
                return number;
        }

        throw Fault();
    }

    static FormatException Fault() => new("Not the layout of a message: its stored form is damaged or of a later version.");
}
