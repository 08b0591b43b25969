using System.Collections;
using System.Text;

namespace Backend.Abstractions.Model;

/// <summary>
/// The flags of a message: a set without order, immutable, equal to another set with the same flags. Share one instance among
/// messages with the same flags: its wire form is made once. RFC 9051 §2.3.2.
/// </summary>
public sealed class FlagSet : IReadOnlyCollection<Flag>, IEquatable<FlagSet>
{
    readonly ImmutableArray<Flag> flags;
    byte[]? encoded;

    FlagSet(ImmutableArray<Flag> flags) => this.flags = flags;

    /// <summary>No flag.</summary>
    public static FlagSet Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => flags.Length;

    /// <summary>The set as the grammar's <c>flag-list</c>, ready to send: <c>(\Seen $Work)</c>. RFC 9051 §9.</summary>
    public ReadOnlyMemory<byte> Encoded => encoded ??= Encoding.ASCII.GetBytes(ToString());

    /// <summary>The set of these flags; repeats count once, in the first spelling.</summary>
    public static FlagSet Of(params IEnumerable<Flag> flags)
    {
        var distinct = flags.Distinct().ToImmutableArray();
        return distinct.IsEmpty ? Empty : new FlagSet(distinct);
    }

    /// <summary>Whether the flag is in the set.</summary>
    public bool Contains(Flag flag) => flags.Contains(flag);

    /// <summary>These flags and the other's.</summary>
    public FlagSet Union(FlagSet other) => other.flags.All(Contains) ? this : Of(flags.Concat(other.flags));

    /// <summary>These flags without the other's.</summary>
    public FlagSet Except(FlagSet other) => flags.Any(other.Contains) ? Of(flags.Where(flag => !other.Contains(flag))) : this;

    /// <inheritdoc/>
    public IEnumerator<Flag> GetEnumerator() => ((IEnumerable<Flag>)flags).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(FlagSet? other) => other is not null && other.Count == Count && flags.All(other.Contains);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FlagSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = 0;
        foreach (var flag in flags)
            hash ^= flag.GetHashCode();
        return hash;
    }

    /// <summary>The set as the grammar's <c>flag-list</c>.</summary>
    public override string ToString() => $"({string.Join(' ', flags)})";
}
