namespace Backend.Benchmarks;

/// <summary>An operation that changes something.</summary>
public abstract class WriteBenchmarks : StoreBenchmarks
{
    /// <summary>The largest ratio to plain ADO.NET that the store may have.</summary>
    public new const double Goal = 2;
}
