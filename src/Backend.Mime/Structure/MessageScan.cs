using Backend.Mime.Grammar;

namespace Backend.Mime.Structure;

/// <summary>
/// Finds the parts of a message, line by line, in one pass and without recursion. Whatever the octets are, they have a structure: a
/// header ends at the first empty line, a delimiter of an outer multipart ends all within, and what is not ended ends with the message.
/// RFC 5322 §2.1; RFC 2046 §5.1.
/// </summary>
sealed class MessageScan(IMessageText text) : ILineSink
{
    /// <summary>Parts in parts; what is deeper is octets. Messages and multiparts both count.</summary>
    public const int MaxDepth = 100;

    /// <summary>Parts in all; the last one has the rest.</summary>
    public const int MaxParts = 10_000;

    // What is kept of the headers' fields: enough for any mail, and little enough for any attack.
    const long MaxRootFields = 1024 * 1024;
    const long MaxPartFields = 4 * 1024 * 1024;

    readonly List<PartNode> open = [];
    readonly FieldBuffer field = new();
    long position;
    long lines;
    int lastLineEnd;
    int parts;
    long rootFields;
    long partFields;
    ScanState state;

    public bool IsDone => text.IsDone;

    /// <summary>Reads a message from the stream's position to its end.</summary>
    /// <returns>The body of the message.</returns>
    public static async Task<PartNode> ReadAsync(Stream stream, IMessageText text, CancellationToken cancellationToken)
    {
        var scan = new MessageScan(text);
        var root = new PartNode(null, 0, isMessageBody: true);
        scan.Open(root);
        await new LineReader(scan).ReadAsync(stream, cancellationToken);
        scan.End();
        return root;
    }

    public void Line(ReadOnlySpan<byte> octets, bool starts)
    {
        if (!starts || !octets.StartsWith("--"u8) || !TryTakeDelimiter(octets))
            TakeContent(octets, starts);
        position += octets.Length;
        lastLineEnd = octets.EndsWith("\r\n"u8) ? 2 : octets.EndsWith("\n"u8) ? 1 : 0;
        if (lastLineEnd > 0)
            lines++;
    }

    void End()
    {
        lastLineEnd = 0;
        CloseAbove(-1);
    }

    void TakeContent(ReadOnlySpan<byte> octets, bool starts)
    {
        if (state == ScanState.Text)
            text.Text(octets);
        else if (state == ScanState.Header)
            TakeHeaderLine(octets, starts);
    }

    void TakeHeaderLine(ReadOnlySpan<byte> octets, bool starts)
    {
        if (starts && octets is [(byte)'\n'] or [(byte)'\r', (byte)'\n'])
        {
            EndHeader(position + octets.Length, lines + 1);
            return;
        }

        if (starts && octets[0] is not ((byte)' ' or (byte)'\t'))
            EndField();
        field.Add(octets);
    }

    void EndField()
    {
        if (field.IsEmpty)
            return;
        var part = open[^1];
        var ended = new HeaderField(field.Octets);
        text.Field(part, ended, field.IsCut);
        ref var kept = ref part.IsRoot ? ref rootFields : ref partFields;
        if (!ended.Name.IsEmpty && kept + ended.Raw.Length <= (part.IsRoot ? MaxRootFields : MaxPartFields)
            && (part.Content.Take(ended) || part.Envelope?.Take(ended) == true))
            kept += ended.Raw.Length;
        field.Clear();
    }

    // The header of the innermost part has ended, and its body is what follows.
    void EndHeader(long bodyStart, long linesBefore)
    {
        EndField();
        var part = open[^1];
        part.EndHeader(bodyStart, linesBefore);
        part.Encoding = TransferEncoding.Read(part.Content.Encoding);
        part.MediaType = MediaType.Read(part.Content.MediaType, isInDigest: part.Parent?.MediaType.IsDigest == true);
        state = ScanState.Skip;
        if ((part.MediaType.IsMultipart || part.MediaType.IsMessage) && open.Count >= MaxDepth)
            part.MediaType = MediaType.OctetStream;
        else if (part.MediaType.IsMultipart)
            BeginMultipart(part);
        else if (part.MediaType.IsMessage)
            BeginMessage(part, linesBefore);
        else if (part.MediaType.IsText)
            BeginText(part);
    }

    void BeginMultipart(PartNode part)
    {
        part.Kind = PartKind.Multipart;
        part.Delimiter = part.MediaType.Delimiter;

        // Nobody can tell the parts from each other, but a search should still find the words.
        if (part.Delimiter is null)
            BeginText(part);
    }

    void BeginMessage(PartNode part, long linesBefore)
    {
        part.Kind = PartKind.Message;
        var body = new PartNode(part, part.BodyStart, isMessageBody: true);
        Open(body);
        if (!TransferEncoding.IsEncoded(part.Encoding))
            return;

        // RFC 2046 §5.2.1 forbids to encode it, so there is no header to be read. As its type demands a message (RFC 9051 §9,
        // body-type-msg), it is one without header, whose body is what stands there.
        body.EndHeader(part.BodyStart, linesBefore);
        body.Encoding = part.Encoding;
        body.MediaType = MediaType.OctetStream;
        state = ScanState.Skip;
    }

    void BeginText(PartNode part)
    {
        state = ScanState.Text;
        text.BeginText(part);
    }

    // A line is a delimiter only as a whole: one boundary may be the beginning of another. RFC 2046 §5.1.1.
    bool TryTakeDelimiter(ReadOnlySpan<byte> octets)
    {
        var line = octets.TrimEnd(" \t\r\n"u8);
        for (var depth = open.Count - 1; depth >= 0; depth--)
        {
            if (open[depth].Delimiter is not { } delimiter || !line.StartsWith(delimiter))
                continue;
            var rest = line[delimiter.Length..];
            var closes = rest.SequenceEqual("--"u8);
            if (!closes && (!rest.IsEmpty || parts >= MaxParts))
                continue;
            CloseAbove(depth);
            if (closes)
                open[depth].Delimiter = null;
            else
                Open(new PartNode(open[depth], position + octets.Length, isMessageBody: false));
            return true;
        }

        return false;
    }

    void Open(PartNode part)
    {
        part.Parent?.Parts.Add(part);
        open.Add(part);
        parts++;
        state = ScanState.Header;
    }

    // Ends all parts within the one at this depth, where the last line ended: the line end before a delimiter belongs to it.
    void CloseAbove(int depth)
    {
        while (state == ScanState.Header)
            EndHeader(position, lines);
        if (state == ScanState.Text)
            text.EndText();
        state = ScanState.Skip;
        for (; open.Count - 1 > depth; open.RemoveAt(open.Count - 1))
            Close(open[^1]);
    }

    void Close(PartNode part)
    {
        // Where the line that ended last is a part's header, it belongs to that, and not to the delimiter.
        if (part.Parts is [.., var last] && last.BodyEnd == position)
            part.EndBody(position, lines);
        else
            part.EndBody(position - lastLineEnd, lines - Math.Min(lastLineEnd, 1));
        if (part.Kind != PartKind.Multipart || part.Parts.Count > 0)
            return;

        // The grammar has no form for a multipart without parts. RFC 9051 §9 (body-type-mpart).
        var empty = new PartNode(part, part.BodyEnd, isMessageBody: false);
        empty.EndHeader(part.BodyEnd, 0);
        empty.EndBody(part.BodyEnd, 0);
        part.Parts.Add(empty);
    }
}
