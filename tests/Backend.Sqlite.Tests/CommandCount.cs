using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Backend.Sqlite.Tests;

/// <summary>Counts the queries that are made.</summary>
sealed class CommandCount : DbCommandInterceptor
{
    int queries;

    public int Queries => queries;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref queries);
        return ValueTask.FromResult(result);
    }
}
