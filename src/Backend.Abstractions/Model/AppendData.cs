namespace Backend.Abstractions.Model;

/// <summary>Where an appended message is to be found. RFC 4315 §3 (APPENDUID).</summary>
/// <param name="UidValidity">The mailbox's UID validity.</param>
/// <param name="Uid">The message's UID.</param>
public sealed record AppendData(UidValidity UidValidity, Uid Uid);
