using System.Runtime.CompilerServices;
using Backend.EfCore.Entities;
using Backend.EfCore.Mailboxes;
using Backend.EfCore.Tenancy;
using Backend.EfCore.Writing;

namespace Backend.EfCore.Accounts;

/// <inheritdoc/>
sealed class EfUserDirectory(MailStoreDatabase database) : IUserDirectory
{
    const string DefaultTenant = "default";
    const int MaxPasswordLength = 1000;

    /// <inheritdoc/>
    public async Task AddUserAsync(string username, string password, CancellationToken cancellationToken)
    {
        UserName.Check(username);
        CheckPassword(password);
        var verifier = ScramVerifier.Create(password, database.Options.PasswordIterations);
        await database.WriteAsync(
            Lease.ForStore,
            async (scope, token) =>
            {
                await AddAsync(scope, username, verifier, token);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<UserInfo> ListUsersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var users = await database.ReadAsync(Lease.ForStore, static (context, token) => context.Users.OrderBy(static user => user.NormalizedName).ToListAsync(token), cancellationToken);
        foreach (var user in users)
        {
            var usage = await database.ReadAsync(Lease.ForUser(user.Id), (context, token) => database.Queries.Mailboxes.Usage(context, user.Id, token), cancellationToken);
            yield return new UserInfo(user.Name, usage?.Mailboxes ?? 0, usage?.Messages ?? 0, usage?.Bytes ?? 0, DateTimeOffset.FromUnixTimeSeconds(user.CreatedAt));
        }
    }

    /// <inheritdoc/>
    public async Task SetPasswordAsync(string username, string password, CancellationToken cancellationToken)
    {
        CheckPassword(password);
        var normalized = UserName.Normalize(username);
        var verifier = ScramVerifier.Create(password, database.Options.PasswordIterations);
        var changed = await database.WriteAsync(
            Lease.ForStore,
            (scope, token) => scope.Context.Users.Where(user => user.NormalizedName == normalized).ExecuteUpdateAsync(
                set => set
                    .SetProperty(user => user.Salt, verifier.Salt)
                    .SetProperty(user => user.Iterations, verifier.Iterations)
                    .SetProperty(user => user.StoredKey, verifier.StoredKey)
                    .SetProperty(user => user.ServerKey, verifier.ServerKey),
                token),
            cancellationToken);
        if (changed == 0)
            throw NoSuchUser(username);
    }

    /// <inheritdoc/>
    public async Task RemoveUserAsync(string username, CancellationToken cancellationToken)
    {
        var normalized = UserName.Normalize(username);
        await database.WriteAsync(
            Lease.ForStore,
            async (scope, token) =>
            {
                await RemoveAsync(scope, await database.Queries.Users.ByName(scope.Context, normalized, token) ?? throw NoSuchUser(username), token);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IUser> OpenUserAsync(string username, CancellationToken cancellationToken)
    {
        var name = UserName.Normalize(username);
        var user = await database.ReadAsync(Lease.ForLogin(name), (context, token) => database.Queries.Users.ByName(context, name, token), cancellationToken);
        return user is null ? throw NoSuchUser(username) : new EfUser(database, Lease.ForUser(user.Id), user.Name);
    }

    /// <summary>Removes a user and what is the user's, under the locks of all who write there.</summary>
    async Task RemoveAsync(WriteScope scope, UserEntity user, CancellationToken cancellationToken)
    {
        var context = scope.Context;
        scope.Use(Lease.ForUser(user.Id));
        if (await database.Dialect.LockUserAsync(context, user.Id, cancellationToken) is null)
            throw NoSuchUser(user.Name);
        var mailboxes = await context.Mailboxes.Where(mailbox => mailbox.UserId == user.Id).Select(static mailbox => mailbox.MailboxId).ToListAsync(cancellationToken);
        await database.Dialect.LockMailboxesAsync(context, user.Id, mailboxes, cancellationToken);
        // Messages before what they refer to; the rest goes with the user.
        await context.Messages.Where(message => message.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
        scope.Use(Lease.ForStore);
        await context.Users.Where(each => each.Id == user.Id).ExecuteDeleteAsync(cancellationToken);
    }

    static async Task AddAsync(WriteScope scope, string username, ScramVerifier verifier, CancellationToken cancellationToken)
    {
        var normalized = UserName.Normalize(username);
        var context = scope.Context;
        if (await context.Users.AnyAsync(user => user.NormalizedName == normalized, cancellationToken))
            throw new BackendException(BackendError.UserAlreadyExists, $"There is a user {username} already.");
        var tenant = await context.Tenants.AsTracking().SingleOrDefaultAsync(each => each.Name == DefaultTenant, cancellationToken);
        if (tenant is null)
        {
            tenant = new TenantEntity { Name = DefaultTenant };
            context.Add(tenant);
            await context.SaveChangesAsync(cancellationToken);
        }

        var user = new UserEntity
        {
            TenantId = tenant.Id,
            Name = username,
            NormalizedName = normalized,
            Salt = verifier.Salt,
            Iterations = verifier.Iterations,
            StoredKey = verifier.StoredKey,
            ServerKey = verifier.ServerKey,
            NextMailboxId = 1,
            CreatedAt = scope.Now.ToUnixTimeSeconds(),
        };
        context.Add(user);
        await context.SaveChangesAsync(cancellationToken);
        scope.Use(Lease.ForUser(user.Id));
        await MailboxTree.AddAsync(scope, user, MailboxName.Inbox, SpecialUse.None, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
    }

    static void CheckPassword(string password)
    {
        if (password.Length is 0 or > MaxPasswordLength)
            throw new BackendException(BackendError.InvalidPassword, $"The password has {password.Length} characters; 1 to {MaxPasswordLength} are taken.");
        if (password.Any(char.IsControl))
            throw new BackendException(BackendError.InvalidPassword, "The password has a control character in it, which no mail client could send.");
    }

    static BackendException NoSuchUser(string username) => new(BackendError.NoSuchUser, $"There is no user {username}.");
}
