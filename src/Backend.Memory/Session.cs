namespace Backend.Memory;

/// <summary>Somebody who works on an account: the user, for as long as nobody suspends that one, or the administrator.</summary>
sealed class Session(Store store, Account account, bool isUser)
{
    public Store Store => store;

    public Account Account => account;

    public bool IsUser => isUser;

    /// <summary>As <see cref="Store.RunAsync{T}"/>.</summary>
    public Task<T> RunAsync<T>(Func<T> operation, CancellationToken cancellationToken) =>
        store.RunAsync(
            () => isUser && !account.MayLogIn ? throw new BackendException(BackendError.Suspended, "The account has been suspended. Ask its administrator.") : operation(),
            cancellationToken);

    /// <summary>As above, for what gives nothing.</summary>
    public Task RunAsync(Action operation, CancellationToken cancellationToken) =>
        RunAsync(
            () =>
            {
                operation();
                return true;
            },
            cancellationToken);
}
