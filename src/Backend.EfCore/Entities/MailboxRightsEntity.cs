namespace Backend.EfCore.Entities;

/// <summary>
/// Who else has which rights to a mailbox. The owner reads and changes it, the grantee finds by it what there is to see: so it says how others call the
/// mailbox. What is given to anyone has no grantee.
/// </summary>
sealed class MailboxRightsEntity
{
    public int UserId { get; set; }

    public int MailboxId { get; set; }

    /// <summary>The grantee's login name as it was given, or <see cref="AclEntry.Anyone"/>.</summary>
    public required string Identifier { get; set; }

    public int? GranteeId { get; set; }

    /// <summary>The owner's tenant: nobody of another sees the row.</summary>
    public int TenantId { get; set; }

    public MailboxRights Rights { get; set; }

    /// <summary>The mailbox's name to others: see <see cref="OtherUsers.NameOf"/>.</summary>
    public required string Name { get; set; }
}
