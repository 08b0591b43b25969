using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;

namespace Backend.EfCore.Sqlite;

/// <summary>A transaction that EF Core was only lent, and so does not end. With it ends the state that its queries saw.</summary>
sealed class ReadTransaction(IDbContextTransaction lent, SqliteTransaction transaction) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await lent.DisposeAsync();
        await transaction.DisposeAsync();
    }
}
