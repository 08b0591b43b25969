namespace Backend.Abstractions.Administration;

/// <summary>Whether a tenant or a user may log in.</summary>
public enum AccountState
{
    /// <summary>Yes.</summary>
    Active = 0,

    /// <summary>No, until it is resumed; mail stays as it is.</summary>
    Suspended = 1,

    /// <summary>No more: its removal has begun, and goes on when it is asked for again.</summary>
    Removing = 2,
}
