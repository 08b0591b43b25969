using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Backend.Sqlite.Tests;

/// <summary>Lets something happen just before the next query that names a table.</summary>
sealed class CommandStop : DbCommandInterceptor
{
    (string Table, Func<Task> Act)? next;

    public void Before(string table, Func<Task> act) => next = (table, act);

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (next is { } stop && command.CommandText.Contains($"FROM \"{stop.Table}\"", StringComparison.Ordinal))
        {
            next = null;
            await stop.Act();
        }

        return result;
    }
}
