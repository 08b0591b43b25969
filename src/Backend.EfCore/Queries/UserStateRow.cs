namespace Backend.EfCore.Queries;

/// <summary>Whether a user may log in, and whose that is to say too.</summary>
sealed record UserStateRow(AccountState State, int TenantId);
