using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Backend.Postgres.Tests;

/// <summary>Has the connection break when the server has committed and not answered yet.</summary>
sealed class CommitCut : DbTransactionInterceptor
{
    int count;

    public bool IsOn { get; set; }

    /// <summary>How many commits were cut.</summary>
    public int Count => count;

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (!IsOn)
            return Task.CompletedTask;
        Interlocked.Increment(ref count);
        throw new NpgsqlException("The connection was cut.", new IOException("Cut."));
    }
}
