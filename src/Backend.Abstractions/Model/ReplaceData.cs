namespace Backend.Abstractions.Model;

/// <summary>What a replacement did on both sides. RFC 8508 §3.4.</summary>
/// <param name="Appended">Where the new message is.</param>
/// <param name="Expunged">The one that went.</param>
public sealed record ReplaceData(AppendedData Appended, ExpungeData Expunged);
