namespace Backend.Abstractions.Model;

/// <summary>
/// A flag: one of the system flags (<c>\Seen</c>) or a keyword (<c>$Forwarded</c>). Compared without regard to ASCII case, kept in
/// the spelling it was first given. RFC 9051 §2.3.2; RFC 5788.
/// </summary>
public readonly struct Flag : IEquatable<Flag>
{
    /// <summary>The longest keyword that is taken, in octets.</summary>
    public const int MaxLength = 255;

    readonly string? name;

    Flag(string name) => this.name = name;

    /// <summary>The message has been read.</summary>
    public static Flag Seen { get; } = new(@"\Seen");

    /// <summary>The message has been answered.</summary>
    public static Flag Answered { get; } = new(@"\Answered");

    /// <summary>The message is marked for special attention.</summary>
    public static Flag Flagged { get; } = new(@"\Flagged");

    /// <summary>The message is marked for removal by a later EXPUNGE.</summary>
    public static Flag Deleted { get; } = new(@"\Deleted");

    /// <summary>The message is not finished.</summary>
    public static Flag Draft { get; } = new(@"\Draft");

    /// <summary>The message is new to this session; only the server sets it. RFC 3501 §2.3.2; gone in RFC 9051 (Appendix E).</summary>
    public static Flag Recent { get; } = new(@"\Recent");

    /// <summary>In PERMANENTFLAGS: new keywords can be made by storing them. RFC 9051 §7.1 (PERMANENTFLAGS).</summary>
    public static Flag Wildcard { get; } = new(@"\*");

    /// <summary>The system flags that a client can set, in the order of RFC 9051 §2.3.2.</summary>
    public static ImmutableArray<Flag> Settable { get; } = [Answered, Flagged, Deleted, Seen, Draft];

    /// <summary>The flag as it is written on the wire.</summary>
    public string Name => name ?? "";

    /// <summary>Whether this is a system flag (with a backslash) and not a keyword.</summary>
    public bool IsSystem => Name.StartsWith('\\');

    /// <summary>Reads a system flag in any case, or a keyword, which is an atom of at most <see cref="MaxLength"/> octets.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.InvalidFlag"/>: neither of these.</exception>
    public static Flag Parse(string name) =>
        TryParse(name, out var flag)
            ? flag
            : throw new BackendException(BackendError.InvalidFlag, $"\"{name}\" is no flag: it is neither one of \\Answered \\Flagged \\Deleted \\Seen \\Draft nor a keyword of up to {MaxLength} letters, digits and signs other than ( ) {{ % * \" \\ ] and space.");

    /// <summary>Reads a system flag in any case, or a keyword.</summary>
    public static bool TryParse(string name, out Flag flag)
    {
        flag = default;
        if (name.StartsWith('\\'))
        {
            foreach (var system in Settable.Add(Recent))
                if (system.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                    flag = system;
            return flag.name is not null;
        }

        if (name.Length is 0 or > MaxLength || !name.All(IsAtomChar))
            return false;
        flag = new Flag(name);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(Flag other) => string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Flag other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Name);

    /// <summary>Whether both are the same flag, whatever their case.</summary>
    public static bool operator ==(Flag left, Flag right) => left.Equals(right);

    /// <summary>Whether they are different flags.</summary>
    public static bool operator !=(Flag left, Flag right) => !left.Equals(right);

    /// <summary>The flag as it is written on the wire.</summary>
    public override string ToString() => Name;

    // ATOM-CHAR; RFC 9051 §9: any CHAR except atom-specials.
    static bool IsAtomChar(char c) => c is > ' ' and < '\x7f' and not ('(' or ')' or '{' or '%' or '*' or '"' or '\\' or ']');
}
