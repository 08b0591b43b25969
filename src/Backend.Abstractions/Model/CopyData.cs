namespace Backend.Abstractions.Model;

/// <summary>
/// Which messages were copied or moved, and what they are in the destination: the n-th UID of <see cref="Source"/> became the n-th
/// of <see cref="Destination"/>. Both are empty when the set named no message. RFC 4315 §3 (COPYUID).
/// </summary>
/// <param name="UidValidity">The UID validity of the destination.</param>
/// <param name="Source">UIDs in the source.</param>
/// <param name="Destination">UIDs in the destination.</param>
public sealed record CopyData(UidValidity UidValidity, UidSet Source, UidSet Destination);
