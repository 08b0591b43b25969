namespace Backend.Abstractions.Model;

/// <summary>What a conditional change of flags did. RFC 7162 §3.1.3.</summary>
/// <param name="Stored">What did change.</param>
/// <param name="Modified">The messages that failed the condition and are as they were; those that are gone are not among them.</param>
public sealed record ConditionalStoreData(StoreData Stored, UidSet Modified);
