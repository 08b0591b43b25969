namespace Backend.Abstractions.Model;

/// <summary>What STORE does with the flags it is given. RFC 9051 §6.4.6.</summary>
public enum FlagsOperation
{
    /// <summary>FLAGS: the message has these flags from now on and no others; \Recent stays as it is.</summary>
    Replace,

    /// <summary>+FLAGS: the message has these flags too.</summary>
    Add,

    /// <summary>-FLAGS: the message has these flags no longer.</summary>
    Remove,
}
