namespace Backend.Abstractions.Search;

/// <summary>
/// A criterion of SEARCH: a closed family. What RFC 9051 §6.4.4 and RFC 3501 §6.4.4 call search keys are these or made of these:
/// NEW is <c>Recent and not Seen</c>, OLD is <c>not Recent</c>, FROM x is <c>Header("From", x)</c>, KEYWORD and the keys of flags are <see cref="HasFlag"/>.
/// Texts are compared as substrings without regard to case, after decoding (encoded-words, transfer encodings, charsets), by the
/// comparator i;unicode-casemap. RFC 9051 §6.4.4; RFC 5051.
/// </summary>
public abstract record SearchKey
{
    private protected SearchKey()
    {
    }

    /// <summary>Every message: ALL.</summary>
    public sealed record All : SearchKey;

    /// <summary>The messages of the set, by sequence number at the moment of the search.</summary>
    /// <param name="Set">Which.</param>
    public sealed record Sequence(SequenceSet Set) : SearchKey;

    /// <summary>The messages of the set, by UID: UID.</summary>
    /// <param name="Set">Which.</param>
    public sealed record Uids(UidSet Set) : SearchKey;

    /// <summary>Messages with the flag: SEEN, KEYWORD x, RECENT...</summary>
    /// <param name="Flag">Which flag; \Recent is what is recent to this handle.</param>
    public sealed record HasFlag(Flag Flag) : SearchKey;

    /// <summary>Messages whose internal date, disregarding time and zone, stands so to the day: BEFORE, ON, SINCE.</summary>
    /// <param name="Comparison">How.</param>
    /// <param name="Day">The day.</param>
    public sealed record InternalDate(DateComparison Comparison, DateOnly Day) : SearchKey;

    /// <summary>Messages whose Date field, disregarding time and zone, stands so to the day: SENTBEFORE, SENTON, SENTSINCE. Never one without a readable Date.</summary>
    /// <param name="Comparison">How.</param>
    /// <param name="Day">The day.</param>
    public sealed record SentDate(DateComparison Comparison, DateOnly Day) : SearchKey;

    /// <summary>Messages that came into this mailbox on such a day in UTC, disregarding the time: SAVEDBEFORE, SAVEDON, SAVEDSINCE. RFC 8514 §4.3.</summary>
    /// <param name="Comparison">How.</param>
    /// <param name="Day">The day.</param>
    public sealed record SaveDate(DateComparison Comparison, DateOnly Day) : SearchKey;

    /// <summary>Messages whose internal date is at most so long ago by the store's clock: YOUNGER. RFC 5032 §2.</summary>
    /// <param name="Seconds">How long; whole seconds are compared.</param>
    public sealed record Younger(uint Seconds) : SearchKey;

    /// <summary>Messages whose internal date is at least so long ago by the store's clock: OLDER. RFC 5032 §2.</summary>
    /// <param name="Seconds">How long; whole seconds are compared.</param>
    public sealed record Older(uint Seconds) : SearchKey;

    /// <summary>Messages with this modification sequence or a higher one: MODSEQ, whatever metadata item it names. RFC 7162 §3.1.5.</summary>
    /// <param name="Lowest">The lowest; zero finds every message.</param>
    public sealed record ChangedFrom(ModSeq Lowest) : SearchKey;

    /// <summary>Messages that have the header field with the text in it; with any text when it is empty: HEADER, FROM, TO, CC, BCC, SUBJECT.</summary>
    /// <param name="Field">The field's name, in any case.</param>
    /// <param name="Value">The text.</param>
    public sealed record Header(string Field, string Value) : SearchKey;

    /// <summary>Messages with the text in the body: BODY.</summary>
    /// <param name="Value">The text; every message has the empty one.</param>
    public sealed record Body(string Value) : SearchKey;

    /// <summary>Messages with the text in the header or the body: TEXT.</summary>
    /// <param name="Value">The text; every message has the empty one.</param>
    public sealed record Text(string Value) : SearchKey;

    /// <summary>Messages of more octets than this: LARGER.</summary>
    /// <param name="Octets">RFC822.SIZE to be exceeded.</param>
    public sealed record Larger(long Octets) : SearchKey;

    /// <summary>Messages of fewer octets than this: SMALLER.</summary>
    /// <param name="Octets">RFC822.SIZE to stay below.</param>
    public sealed record Smaller(long Octets) : SearchKey;

    /// <summary>Messages with exactly this <see cref="Message.EmailId"/>: EMAILID. RFC 8474 §6.</summary>
    /// <param name="Id">The identifier; case matters.</param>
    public sealed record EmailId(string Id) : SearchKey;

    /// <summary>Messages with exactly this <see cref="Message.ThreadId"/>: THREADID. RFC 8474 §6.</summary>
    /// <param name="Id">The identifier; case matters.</param>
    public sealed record ThreadId(string Id) : SearchKey;

    /// <summary>Messages that the key does not find: NOT, and the UN... keys.</summary>
    /// <param name="Key">The key.</param>
    public sealed record Not(SearchKey Key) : SearchKey;

    /// <summary>Messages that all of the keys find; every message when there is none.</summary>
    /// <param name="Keys">The keys.</param>
    public sealed record And(params ImmutableArray<SearchKey> Keys) : SearchKey
    {
        /// <inheritdoc/>
        public bool Equals(And? other) => other is not null && Keys.AsSpan().SequenceEqual(other.Keys.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode() => Keys.Length;
    }

    /// <summary>Messages that one of the keys finds, or both: OR.</summary>
    /// <param name="Left">One key.</param>
    /// <param name="Right">The other key.</param>
    public sealed record Or(SearchKey Left, SearchKey Right) : SearchKey;
}
