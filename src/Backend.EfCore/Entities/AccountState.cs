namespace Backend.EfCore.Entities;

/// <summary>Whether a tenant or a user may log in.</summary>
enum AccountState
{
    Active = 0,
    Suspended = 1,
}
