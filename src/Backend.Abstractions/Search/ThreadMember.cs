namespace Backend.Abstractions.Search;

/// <summary>
/// A message in its place in a forest of threads. A forest is a list: each member is followed by what is below it, its children in their
/// order each with all that is below them, so that no thread is too deep to be read. RFC 5256 §4 (THREAD).
/// </summary>
/// <param name="Uid">The message; null for the parent of siblings that is not among the messages. That has depth 0 and two children at least.</param>
/// <param name="Depth">0 for the first of a thread, one more for each step down from there.</param>
public readonly record struct ThreadMember(Uid? Uid, int Depth);
