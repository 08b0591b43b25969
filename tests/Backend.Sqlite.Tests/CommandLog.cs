using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Backend.Sqlite.Tests;

/// <summary>The SQL that the store has asked its database.</summary>
sealed class CommandLog : DbCommandInterceptor
{
    readonly ConcurrentQueue<string> texts = new();

    /// <summary>Takes what was asked since the last time.</summary>
    public string[] Take()
    {
        var taken = texts.ToArray();
        texts.Clear();
        return taken;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        texts.Enqueue(command.CommandText);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        texts.Enqueue(command.CommandText);
        return ValueTask.FromResult(result);
    }
}
