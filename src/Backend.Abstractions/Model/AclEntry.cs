namespace Backend.Abstractions.Model;

/// <summary>Who has which rights to a mailbox: a line of its access control list. RFC 4314 §2, §3.6.</summary>
/// <param name="Identifier">A login name in the form it was created with, or <see cref="Anyone"/>.</param>
/// <param name="Rights">The rights that this line gives; those of several that apply to one user are united.</param>
public sealed record AclEntry(string Identifier, MailboxRights Rights)
{
    /// <summary>The identifier of all users of the owner's tenant, and of nobody else.</summary>
    public const string Anyone = "anyone";
}
