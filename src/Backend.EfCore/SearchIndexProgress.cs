namespace Backend.EfCore;

/// <summary>How far the index of searches for text is filled.</summary>
/// <param name="Indexed">The messages that were indexed since it began; copies count once.</param>
/// <param name="Total">Those that waited when it began.</param>
public readonly record struct SearchIndexProgress(long Indexed, long Total);
