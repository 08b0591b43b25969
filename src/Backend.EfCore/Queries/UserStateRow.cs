namespace Backend.EfCore.Queries;

/// <summary>Whether a user may log in, whose that is to say too, and whether mail is limited.</summary>
sealed record UserStateRow(AccountState State, int TenantId, bool HasLimits);
