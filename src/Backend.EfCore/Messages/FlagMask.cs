namespace Backend.EfCore.Messages;

/// <summary>A set of flags as the database has them.</summary>
/// <param name="Bits">System flags and keywords with a bit; never <see cref="FlagBits.MoreKeywords"/>.</param>
/// <param name="More">Keywords without a bit.</param>
readonly record struct FlagMask(long Bits, ImmutableArray<int> More)
{
    /// <summary>The value of the column for a message with just these flags.</summary>
    public long Column => More.IsEmpty ? Bits : Bits | FlagBits.MoreKeywords;
}
