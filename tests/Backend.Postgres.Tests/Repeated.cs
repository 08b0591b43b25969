namespace Backend.Postgres.Tests;

/// <summary>Does something again and again until it is disposed of.</summary>
sealed class Repeated : IAsyncDisposable
{
    readonly CancellationTokenSource end = new();
    readonly Task loop;

    public Repeated(Func<Task> act) => loop = Task.Run(async () =>
    {
        while (!end.IsCancellationRequested)
            await act();
    });

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await loop;
    }
}
