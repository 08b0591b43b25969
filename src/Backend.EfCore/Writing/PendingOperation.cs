using Backend.EfCore.Tenancy;

namespace Backend.EfCore.Writing;

/// <summary>A write that is done by itself.</summary>
sealed class PendingOperation<TResult>(Lease lease, Func<WriteScope, CancellationToken, Task<TResult>> operation, CancellationToken caller) : PendingWrite
{
    readonly TaskCompletionSource<TResult> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    TResult? result;

    public Task<TResult> Task => completion.Task;

    public override Lease Lease => lease;

    public override bool IsCancelled => caller.IsCancellationRequested;

    public override async Task<int> ExecuteAsync(WriteScope scope, ReadOnlyMemory<PendingWrite> waiting, CancellationToken cancellationToken)
    {
        result = await operation(scope, cancellationToken);
        return 1;
    }

    public override void Complete() => completion.TrySetResult(result!);

    public override void Fail(Exception exception)
    {
        if (exception is OperationCanceledException)
            completion.TrySetCanceled(caller);
        else
            completion.TrySetException(exception);
    }
}
