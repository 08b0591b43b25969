using Backend.EfCore.Accounts;
using Backend.EfCore.Entities;
using Backend.EfCore.Tenancy;

namespace Backend.EfCore;

/// <inheritdoc/>
sealed class EfBackend(MailStoreDatabase database) : IScramBackend, ITrustedBackend, IDisposable
{
    readonly DecoyPasswords decoys = new(database);
    readonly Lazy<ScramVerifier> nobody = new(() => ScramVerifier.Create("", database.Options.PasswordIterations));

    /// <summary>Logins that derive a key at the same time: more would only take the processors from those who are logged in.</summary>
    readonly SemaphoreSlim deriving = new(Environment.ProcessorCount);

    /// <inheritdoc/>
    public async Task<IUser> LoginAsync(string username, string password, CancellationToken cancellationToken)
    {
        var (user, active) = await FindAsync(username, cancellationToken);
        var verifier = user is null ? nobody.Value : ScramVerifier.Of(user);
        await deriving.WaitAsync(cancellationToken);
        bool matches;
        try
        {
            matches = await Task.Run(() => verifier.Matches(password), cancellationToken);
        }
        finally
        {
            deriving.Release();
        }

        // An unknown name costs the same time and gives the same answer as a wrong password. RFC 9051 §11.6.
        return Open(user, active && matches);
    }

    /// <inheritdoc/>
    public async Task<StoredPassword> FindPasswordAsync(string username, CancellationToken cancellationToken)
    {
        var name = UserName.Normalize(username);
        // Made in any case, so that it takes the same time.
        var decoy = await decoys.OfAsync(name, cancellationToken);
        var user = await database.ReadAsync(Lease.ForLogin(name), (context, token) => database.Queries.Users.ByName(context, name, token), cancellationToken);
        return (user is null ? decoy : ScramVerifier.Of(user)).ToStored();
    }

    /// <inheritdoc/>
    public async Task<IUser> LoginProvedAsync(string username, StoredPassword proved, CancellationToken cancellationToken)
    {
        var (user, active) = await FindAsync(username, cancellationToken);
        return Open(user, active && ScramVerifier.Of(user!).ToStored().Equals(proved));
    }

    /// <inheritdoc/>
    public async Task<IUser> LoginTrustedAsync(string username, CancellationToken cancellationToken)
    {
        var (user, active) = await FindAsync(username, cancellationToken);
        return Open(user, active);
    }

    /// <inheritdoc/>
    public bool Supports(Type capability) => capability.IsAssignableFrom(typeof(EfBackend)) || capability.IsAssignableFrom(typeof(EfMailbox)) || capability.IsAssignableFrom(typeof(EfUser));

    /// <inheritdoc/>
    public void Dispose() => deriving.Dispose();

    EfUser Open(UserEntity? user, bool isRight) => user is not null && isRight
        ? new EfUser(database, Lease.ForSession(user.Id), user.Name)
        : throw new BackendException(BackendError.InvalidCredentials, "The user name or the password is wrong.");

    async Task<(UserEntity? User, bool Active)> FindAsync(string username, CancellationToken cancellationToken)
    {
        var name = UserName.Normalize(username);
        var user = await database.ReadAsync(Lease.ForLogin(name), (context, token) => database.Queries.Users.ByName(context, name, token), cancellationToken);
        if (user is null)
            return (null, false);
        var tenant = await database.ReadAsync(Lease.ForTenant(user.TenantId), (context, token) => database.Queries.Users.TenantState(context, user.TenantId, token), cancellationToken);
        return (user, user.State == AccountState.Active && tenant == AccountState.Active);
    }
}
