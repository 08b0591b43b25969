namespace Backend.Abstractions.Model;

/// <summary>What a move did on both sides. RFC 6851 §4.3.</summary>
/// <param name="Copied">Which messages went where.</param>
/// <param name="Expunged">What left the source: the same messages.</param>
public sealed record MoveData(CopyData Copied, ExpungeData Expunged);
