namespace Backend.Abstractions.Model;

/// <summary>Where messages that were appended together are to be found. RFC 4315 §3 (APPENDUID); RFC 3502 §6.3.11.</summary>
/// <param name="UidValidity">The mailbox's UID validity.</param>
/// <param name="Uids">Their UIDs: the n-th lowest is that of the n-th message. RFC 3502 (Interaction with UIDPLUS).</param>
public sealed record AppendedData(UidValidity UidValidity, UidSet Uids);
