namespace Backend.Abstractions.Updates;

/// <summary>Waiting for updates to be told.</summary>
public static class UpdateTasks
{
    /// <summary>Completes when every client has been told of all of these. The seed's <c>WaitUpdates</c>.</summary>
    public static Task WhenAllDispatchedAsync(IEnumerable<Update> updates, CancellationToken cancellationToken) =>
        Task.WhenAll(updates.Select(static update => update.Completion)).WaitAsync(cancellationToken);
}
