using Backend.Benchmarks.Engines;

namespace Backend.Benchmarks.Reports;

/// <summary>What was measured of an operation.</summary>
/// <param name="Engine">On which engine.</param>
/// <param name="Name">The operation.</param>
/// <param name="Goal">The largest ratio that it may have.</param>
/// <param name="Plain">The median time of plain ADO.NET, in nanoseconds.</param>
/// <param name="Store">The median time of the store, in nanoseconds.</param>
/// <param name="Ratio">How many times as long the store takes.</param>
/// <param name="PlainOctets">What plain ADO.NET allocates each time.</param>
/// <param name="StoreOctets">What the store allocates each time.</param>
sealed record OperationFigures(Engine Engine, string Name, double Goal, double Plain, double Store, double Ratio, double PlainOctets, double StoreOctets);
