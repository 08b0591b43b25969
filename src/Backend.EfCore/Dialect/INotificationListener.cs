namespace Backend.EfCore.Dialect;

/// <summary>A connection on which texts are heard, by one caller.</summary>
interface INotificationListener : IAsyncDisposable
{
    /// <summary>Waits for the next texts. Throws when the connection broke, also when the other side is gone without a word.</summary>
    /// <returns>One or more, in the order in which they were sent.</returns>
    Task<IReadOnlyList<string>> WaitAsync(CancellationToken cancellationToken);
}
