using System.Text;

namespace Backend.Abstractions.Model;

/// <summary>
/// The name of a mailbox as Unicode text in NFC, checked once: levels separated by <see cref="Delimiter"/>, none of them empty, no
/// control characters. <c>INBOX</c> is the same in any case, also as the first level. RFC 9051 §5.1; RFC 5198; RFC 6855 §3.
/// The modified UTF-7 of RFC 3501 §5.1.3 is the wire's affair.
/// </summary>
public readonly record struct MailboxName : IComparable<MailboxName>
{
    /// <summary>The hierarchy delimiter.</summary>
    public const char Delimiter = '/';

    /// <summary>The longest name that is taken, in UTF-8 octets: as much as every database takes in a key.</summary>
    public const int MaxLength = 2600;

    /// <summary>The most levels that a name can have.</summary>
    public const int MaxLevels = 100;

    const string InboxName = "INBOX";

    readonly string? value;

    MailboxName(string value) => this.value = value;

    /// <summary>The mailbox that every user has and that cannot be created or deleted. RFC 9051 §5.1.</summary>
    public static MailboxName Inbox { get; } = new(InboxName);

    /// <summary>The name as text.</summary>
    public string Value => value ?? "";

    /// <summary>Whether this is <c>INBOX</c> itself.</summary>
    public bool IsInbox => Value == InboxName;

    /// <summary>The last level of the name.</summary>
    public string Leaf => Value[(Value.LastIndexOf(Delimiter) + 1)..];

    /// <summary>Whether there can be a name below this one at all. RFC 9051 §7.3.1 (\Noinferiors).</summary>
    public bool MayHaveInferiors => Value.AsSpan().Count(Delimiter) + 1 < MaxLevels && Encoding.UTF8.GetByteCount(Value) + 2 <= MaxLength;

    /// <summary>The names above this one, the highest first: <c>a</c> and <c>a/b</c> for <c>a/b/c</c>.</summary>
    public IEnumerable<MailboxName> Superiors
    {
        get
        {
            for (var end = Value.IndexOf(Delimiter); end >= 0; end = Value.IndexOf(Delimiter, end + 1))
                yield return new MailboxName(Value[..end]);
        }
    }

    /// <summary>
    /// Checks a name and puts it into its one form: NFC, and <c>INBOX</c> in capitals as the first level. One trailing delimiter,
    /// which in CREATE only declares that inferiors will follow, is dropped. RFC 9051 §6.3.4.
    /// </summary>
    /// <exception cref="BackendException"><see cref="BackendError.InvalidMailboxName"/>: the name is empty, too long or too deep,
    /// has an empty level, a control character (U+0000-001F, 007F-009F, 2028, 2029) or an unpaired surrogate.</exception>
    public static MailboxName Parse(string name) =>
        TryParse(name, out var parsed, out var reason) ? parsed : throw new BackendException(BackendError.InvalidMailboxName, reason);

    /// <summary>As <see cref="Parse"/>, without an exception.</summary>
    /// <param name="name">The name to check.</param>
    /// <param name="parsed">The name in its one form.</param>
    /// <param name="reason">What is wrong with it, as a sentence for the user.</param>
    public static bool TryParse(string name, out MailboxName parsed, [NotNullWhen(false)] out string? reason)
    {
        parsed = default;
        reason = Fault(name);
        if (reason is not null)
            return false;
        var canonical = name.Normalize(NormalizationForm.FormC);
        if (canonical.EndsWith(Delimiter))
            canonical = canonical[..^1];
        var levels = canonical.Split(Delimiter);
        if (levels[0].Equals(InboxName, StringComparison.OrdinalIgnoreCase))
            levels[0] = InboxName;
        reason = levels.Any(static level => level.Length == 0)
            ? $"A level of the mailbox name is empty: write one {Delimiter} between two levels and none at the start."
            : levels.Length > MaxLevels
                ? $"The mailbox name has {levels.Length} levels; at most {MaxLevels} are taken."
                : null;
        if (reason is not null)
            return false;
        parsed = new MailboxName(string.Join(Delimiter, levels));
        return true;
    }

    /// <summary>Whether this name is below <paramref name="superior"/> in the hierarchy, at any depth.</summary>
    public bool IsInferiorTo(MailboxName superior) =>
        Value.Length > superior.Value.Length && Value[superior.Value.Length] == Delimiter && Value.StartsWith(superior.Value, StringComparison.Ordinal);

    /// <summary>The name that an inferior of <paramref name="from"/> gets when <paramref name="from"/> becomes <paramref name="to"/>.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.InvalidMailboxName"/>: the new name would be too long or too deep.</exception>
    public MailboxName Rebase(MailboxName from, MailboxName to) => Parse(to.Value + Value[from.Value.Length..]);

    /// <summary>Compares by UTF-16 code units.</summary>
    public int CompareTo(MailboxName other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>Whether <paramref name="left"/> sorts before <paramref name="right"/>.</summary>
    public static bool operator <(MailboxName left, MailboxName right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> sorts after <paramref name="right"/>.</summary>
    public static bool operator >(MailboxName left, MailboxName right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> sorts before <paramref name="right"/> or is the same.</summary>
    public static bool operator <=(MailboxName left, MailboxName right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> sorts after <paramref name="right"/> or is the same.</summary>
    public static bool operator >=(MailboxName left, MailboxName right) => left.CompareTo(right) >= 0;

    /// <summary>The name as text.</summary>
    public override string ToString() => Value;

    static string? Fault(string name)
    {
        if (name.Length == 0)
            return "The mailbox name is empty.";
        foreach (var c in name)
            if (c is < ' ' or (>= '\x7f' and <= '\x9f') or '\u2028' or '\u2029')
                return $"The mailbox name has the control character U+{(int)c:X4}, which RFC 6855 does not allow.";
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsSurrogate(name[i]))
                continue;
            if (i + 1 == name.Length || !char.IsSurrogatePair(name[i], name[i + 1]))
                return "The mailbox name has half a surrogate pair and is not Unicode text.";
            i++;
        }

        return Encoding.UTF8.GetByteCount(name) > MaxLength ? $"The mailbox name is longer than {MaxLength} octets." : null;
    }
}
