namespace Backend.EfCore.Dialect;

/// <summary>
/// A database's own way to carry texts from any process that uses the store to all that do, its own sender included. A text is lost where
/// nobody listens. Thread-safe.
/// </summary>
interface INotificationChannel
{
    /// <summary>How many octets of UTF-8 a text can have.</summary>
    int MaxOctets { get; }

    /// <summary>Connects, to send. Whatever is thrown means that it cannot be done now.</summary>
    Task<INotificationSender> OpenSenderAsync(CancellationToken cancellationToken);

    /// <summary>Connects and listens: no text is missed that is sent after this. Whatever is thrown means that it cannot be done now.</summary>
    Task<INotificationListener> OpenListenerAsync(CancellationToken cancellationToken);
}
