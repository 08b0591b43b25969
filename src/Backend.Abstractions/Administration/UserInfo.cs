namespace Backend.Abstractions.Administration;

/// <summary>What an administrator sees of a user.</summary>
/// <param name="Username">The login name.</param>
/// <param name="Tenant">The name of the tenant that the user belongs to.</param>
/// <param name="State">Whether the user may log in, as far as that is not up to the tenant.</param>
/// <param name="Mailboxes">How many mailboxes the user has.</param>
/// <param name="Messages">How many messages are in them.</param>
/// <param name="Size">Their octets.</param>
/// <param name="Created">When the user was added.</param>
public sealed record UserInfo(string Username, string Tenant, AccountState State, long Mailboxes, long Messages, long Size, DateTimeOffset Created)
{
    /// <summary>How much the user may have.</summary>
    public QuotaLimits Limits { get; init; } = QuotaLimits.None;

    /// <summary>Whether the user may set the quotas of the tenant's users. RFC 9208 §4.1.3.</summary>
    public bool IsAdministrator { get; init; }
}
