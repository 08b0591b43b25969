using System.Buffers.Binary;
using Backend.Mime.Structure;
using Backend.Mime.Text;

namespace Backend.Mime.Sorting;

/// <summary>
/// What a message is sorted and threaded by, as far as its header says it. Texts are folded by <see cref="CaseMap.Fold"/>, so that an
/// ordinal comparison of their code points decides. RFC 5256 §2-3; RFC 5957 §3.
/// </summary>
public sealed class SortValues
{
    /// <summary>The most characters that a text has: what is behind them is not compared. (deviation)</summary>
    public const int MaxTextLength = 1000;

    /// <summary>The most references that are kept of a message: the first, and the last ones. (deviation)</summary>
    public const int MaxReferences = 100;

    static readonly ImmutableArray<string> ReferencesField = ["References"];

    /// <summary>The Date field as seconds since 1970 in UTC; null where it holds no date, and the internal date counts. RFC 5256 §2.2.</summary>
    public long? SentDate { get; private init; }

    /// <summary>The base subject. RFC 5256 §2.1.</summary>
    public required string BaseSubject { get; init; }

    /// <summary>Whether the subject is that of a reply or forward. RFC 5256 §3 (THREAD).</summary>
    public bool IsReply { get; private init; }

    /// <summary>The mailbox part of the first From address.</summary>
    public required string From { get; init; }

    /// <summary>The mailbox part of the first To address.</summary>
    public required string To { get; init; }

    /// <summary>The mailbox part of the first Cc address.</summary>
    public required string Cc { get; init; }

    /// <summary>The first From address as it is displayed. RFC 5957 §3.</summary>
    public required string DisplayFrom { get; init; }

    /// <summary>The first To address as it is displayed. RFC 5957 §3.</summary>
    public required string DisplayTo { get; init; }

    /// <summary>A number for the Message-ID; null where there is no valid one.</summary>
    public long? MessageId { get; private init; }

    /// <summary>The same for the messages that this one refers to, the oldest first. RFC 5256 §3 (THREAD).</summary>
    public ImmutableArray<long> References { get; private init; } = [];

    /// <summary>What all messages of a thread have in common: the number of the first that they refer to. Null where the message has no id at all.</summary>
    public long? ThreadRoot => References is [var first, ..] ? first : MessageId;

    /// <summary>Reads them from what a store keeps of a message.</summary>
    /// <param name="envelope">Its envelope.</param>
    /// <param name="commonHeaderFields">Its <see cref="ParsedMessage.CommonHeaderFields"/>; where that is empty there is no References field.</param>
    /// <exception cref="FormatException">The envelope is none.</exception>
    public static SortValues Of(Envelope envelope, ReadOnlySpan<byte> commonHeaderFields)
    {
        var fields = envelope.Fields;
        var subject = BaseSubjectOf(fields.Subject, out var isReply);
        return new SortValues
        {
            SentDate = SentDates.Read(fields.Date),
            BaseSubject = Fold(subject),
            IsReply = isReply,
            From = Mailbox(fields.From),
            To = Mailbox(fields.To),
            Cc = Mailbox(fields.Cc),
            DisplayFrom = Display(fields.From),
            DisplayTo = Display(fields.To),
            MessageId = MessageIds.Read(Octets(fields.MessageId)) is [var id, ..] ? id : null,
            References = ReadReferences(commonHeaderFields, fields.InReplyTo),
        };
    }

    /// <summary>References as octets.</summary>
    public static byte[] Encode(ImmutableArray<long> references)
    {
        var octets = new byte[references.Length * sizeof(long)];
        for (var i = 0; i < references.Length; i++)
            BinaryPrimitives.WriteInt64BigEndian(octets.AsSpan(i * sizeof(long)), references[i]);
        return octets;
    }

    /// <summary>References from octets.</summary>
    public static ImmutableArray<long> Decode(ReadOnlySpan<byte> octets)
    {
        var references = ImmutableArray.CreateBuilder<long>(octets.Length / sizeof(long));
        for (; octets.Length >= sizeof(long); octets = octets[sizeof(long)..])
            references.Add(BinaryPrimitives.ReadInt64BigEndian(octets));
        return references.DrainToImmutable();
    }

    static string BaseSubjectOf(string? subject, out bool isReply) => Sorting.BaseSubject.Of(Text(subject), out isReply);

    static string Mailbox(ImmutableArray<Address> addresses) => addresses is [var first, ..] ? Fold(Text(first.Mailbox)) : "";

    static string Display(ImmutableArray<Address> addresses)
    {
        if (addresses is not [var first, ..])
            return "";
        var name = Text(first.Name);
        return Fold(name.Length > 0 ? name : first.Host is null ? Text(first.Mailbox) : $"{Text(first.Mailbox)}@{Text(first.Host)}");
    }

    // RFC 5256 §3 (THREAD): In-Reply-To counts where References has none, and of it only the first.
    static ImmutableArray<long> ReadReferences(ReadOnlySpan<byte> header, string? inReplyTo)
    {
        var field = new HeaderField(HeaderFields.Select(header, ReferencesField, not: false));
        var references = MessageIds.Read(FieldValue.Unfold(FirstField(field.Value)));
        if (references.Count == 0)
            return MessageIds.Read(Octets(inReplyTo)) is [var parent, ..] ? [parent] : [];
        return references.Count <= MaxReferences ? [.. references] : [references[0], .. references[^(MaxReferences - 1)..]];
    }

    // Of several fields of the name the first counts: up to a line that does not go on with white space.
    static ReadOnlySpan<byte> FirstField(ReadOnlySpan<byte> value)
    {
        for (var end = 0; end < value.Length - 1; end++)
            if (value[end] == (byte)'\n' && value[end + 1] is not ((byte)' ' or (byte)'\t'))
                return value[..end];
        return value;
    }

    static string Text(string? value) => string.IsNullOrEmpty(value) ? "" : FieldText.Decode(Octets(value));

    static byte[] Octets(string? value) => Encoding.UTF8.GetBytes(value ?? "");

    static string Fold(string text)
    {
        var folded = CaseMap.Fold(text);
        if (folded.Length <= MaxTextLength)
            return folded;
        return folded[..(char.IsHighSurrogate(folded[MaxTextLength - 1]) ? MaxTextLength - 1 : MaxTextLength)];
    }
}
