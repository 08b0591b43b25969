namespace Imap.Server.Tests.Interception;

/// <summary>Stands between the server and a store, and may hold up or fail whatever the server asks for.</summary>
public sealed class InterceptedBackend(IBackend backend) : IBackend
{
    /// <summary>Called before each operation with its name; throws what the operation is to fail with.</summary>
    public Action<string>? Intercept { get; set; }

    public async Task<IUser> LoginAsync(string username, string password, CancellationToken cancellationToken)
    {
        Before("login");
        return new InterceptedUser(this, await backend.LoginAsync(username, password, cancellationToken));
    }

    public bool Supports(Type capability) =>
        (capability.IsAssignableFrom(typeof(InterceptedMailbox)) || capability.IsAssignableFrom(typeof(InterceptedUser))) && backend.Supports(capability);

    public void Before(string operation) => Intercept?.Invoke(operation);
}
