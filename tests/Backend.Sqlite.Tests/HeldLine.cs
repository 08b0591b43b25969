using Backend.EfCore.Tenancy;

namespace Backend.Sqlite.Tests;

/// <summary>Holds up the line of writes: what comes meanwhile is done afterwards, in the order in which it came.</summary>
sealed class HeldLine : IAsyncDisposable
{
    readonly TaskCompletionSource gate = new();
    readonly TaskCompletionSource begun = new();
    readonly Task<bool> write;

    HeldLine(SqliteStore store) =>
        write = store.Internals.WriteAsync(
            Lease.ForStore,
            async (_, token) =>
            {
                begun.TrySetResult();
                await gate.Task.WaitAsync(token);
                return true;
            },
            SqliteStore.Token);

    public static async Task<HeldLine> HoldAsync(SqliteStore store)
    {
        var line = new HeldLine(store);
        await line.begun.Task;
        return line;
    }

    public Task ReleaseAsync()
    {
        gate.TrySetResult();
        return write;
    }

    public async ValueTask DisposeAsync() => await ReleaseAsync();
}
