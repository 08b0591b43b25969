namespace Backend.Benchmarks.Engines;

/// <summary>A database under the store.</summary>
public enum Engine
{
    Sqlite,
    Postgres,
}
