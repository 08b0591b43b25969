namespace Backend.Abstractions.Search;

/// <summary>One criterion of an order. RFC 5256 §3 (SORT).</summary>
/// <param name="Field">By what.</param>
/// <param name="Reverse">Whether in descending order: REVERSE. It does not turn the order of messages that are equal.</param>
public readonly record struct SortCriterion(SortField Field, bool Reverse = false);
