namespace Backend.Abstractions.Model;

/// <summary>What SETACL does with the rights it is given. RFC 4314 §3.1.</summary>
public enum RightsOperation
{
    /// <summary>The identifier has these rights from now on and no others.</summary>
    Replace,

    /// <summary>+: the identifier has these rights too.</summary>
    Add,

    /// <summary>-: the identifier has these rights no longer.</summary>
    Remove,
}
