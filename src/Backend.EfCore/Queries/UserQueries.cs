using Backend.EfCore.Entities;

namespace Backend.EfCore.Queries;

sealed class UserQueries
{
    /// <summary>The user of a normalized login name.</summary>
    public Func<MailStoreContext, string, CancellationToken, Task<UserEntity?>> ByName { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, string normalizedName, CancellationToken token) =>
            context.Users.SingleOrDefault(user => user.NormalizedName == normalizedName));

    /// <summary>Whether a user's mail is limited; null when there is no such user.</summary>
    public Func<MailStoreContext, int, CancellationToken, Task<bool?>> HasLimits { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, CancellationToken token) =>
            context.Users.Where(user => user.Id == userId).Select(user => (bool?)(user.MaxBytes != null || user.MaxMessages != null)).SingleOrDefault());

    public Func<MailStoreContext, int, CancellationToken, Task<UserStateRow?>> StateOf { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, CancellationToken token) =>
            context.Users.Where(user => user.Id == userId).Select(user => new UserStateRow(user.State, user.TenantId, user.MaxBytes != null || user.MaxMessages != null)).SingleOrDefault());

    /// <summary>Null when the tenant is gone, and so are its users.</summary>
    public Func<MailStoreContext, int, CancellationToken, Task<AccountState?>> TenantState { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int tenantId, CancellationToken token) =>
            context.Tenants.Where(tenant => tenant.Id == tenantId).Select(tenant => (AccountState?)tenant.State).SingleOrDefault());

    public Func<MailStoreContext, int, CancellationToken, Task<int>> KeywordCount { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId, CancellationToken token) =>
            context.Keywords.Count(keyword => keyword.UserId == userId));

    public Func<MailStoreContext, int, IAsyncEnumerable<KeywordEntity>> Keywords { get; } = EF.CompileAsyncQuery(
        (MailStoreContext context, int userId) =>
            context.Keywords.Where(keyword => keyword.UserId == userId).OrderBy(keyword => keyword.KeywordId).AsQueryable());
}
