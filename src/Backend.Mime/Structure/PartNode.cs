using Backend.Mime.Grammar;

namespace Backend.Mime.Structure;

/// <summary>A part while the message is read, and what has been learnt of it.</summary>
sealed class PartNode(PartNode? parent, long start, bool isMessageBody)
{
    long linesBefore;

    /// <summary>The part that holds it; null for the body of the message itself.</summary>
    public PartNode? Parent { get; } = parent;

    /// <summary>Whether it is the body of a message, so that its header is that message's.</summary>
    public bool IsMessageBody { get; } = isMessageBody;

    /// <summary>Whether its header is that of the whole message.</summary>
    public bool IsRoot => Parent is null;

    /// <summary>Where its header starts.</summary>
    public long Start { get; } = start;

    /// <summary>Where its header ends and its body starts.</summary>
    public long BodyStart { get; private set; }

    /// <summary>Where its body ends.</summary>
    public long BodyEnd { get; private set; }

    /// <summary>Line ends in its body.</summary>
    public long Lines { get; private set; }

    /// <summary>What it is made of; known when its header has been read.</summary>
    public PartKind Kind { get; set; }

    /// <summary>Its media type; known when its header has been read.</summary>
    public MediaType MediaType { get; set; } = MediaType.PlainText;

    /// <summary>How its body is encoded.</summary>
    public string Encoding { get; set; } = TransferEncoding.Default;

    /// <summary>The Content-... fields of its header.</summary>
    public ContentFields Content { get; } = new();

    /// <summary>The fields of its header for an envelope, where it is a message's.</summary>
    public EnvelopeValues? Envelope { get; } = isMessageBody ? new EnvelopeValues() : null;

    /// <summary>The parts in it.</summary>
    public List<PartNode> Parts { get; } = [];

    /// <summary>The line that separates its parts: two hyphens and the boundary; null where it has no parts, or no more.</summary>
    public byte[]? Delimiter { get; set; }

    public void EndHeader(long position, long lines)
    {
        BodyStart = position;
        linesBefore = lines;
    }

    public void EndBody(long position, long lines)
    {
        BodyEnd = Math.Max(BodyStart, position);
        Lines = BodyEnd == BodyStart ? 0 : lines - linesBefore;
    }

    public LayoutPart ToLayout() =>
        new(Kind, new OctetRange(Start, BodyStart - Start), new OctetRange(BodyStart, BodyEnd - BodyStart), [.. Parts.Select(static part => part.ToLayout())]);
}
