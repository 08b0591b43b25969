namespace Backend.EfCore.Dialect;

/// <summary>A connection on which texts are sent, by one caller at a time.</summary>
interface INotificationSender : IAsyncDisposable
{
    /// <summary>Sends texts, all or none of them; they arrive in this order and behind what was sent before. After a failure the connection is of no use.</summary>
    Task SendAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken);
}
