namespace Backend.EfCore.Dialect;

/// <summary>What a driver's error means to the store.</summary>
enum DatabaseFailure
{
    /// <summary>Nothing that the store knows.</summary>
    Other,

    /// <summary>A unique key or a foreign key refused a row.</summary>
    Violation,

    /// <summary>Another transaction was in the way (deadlock, serialization failure): the same transaction may succeed at once.</summary>
    Conflict,

    /// <summary>The database is locked by another program for longer than we wait.</summary>
    Busy,

    /// <summary>The connection broke, as all do when the server ends: what was not committed is undone, and another connection may do.</summary>
    Disconnected,

    /// <summary>No connection, no space, no permission to write.</summary>
    Unavailable,

    /// <summary>The file is damaged or no database.</summary>
    Corrupt,
}
