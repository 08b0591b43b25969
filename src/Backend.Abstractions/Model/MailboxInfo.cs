namespace Backend.Abstractions.Model;

/// <summary>What LIST tells of a name. RFC 9051 §7.3.1. The hierarchy delimiter is always <see cref="MailboxName.Delimiter"/>.</summary>
public sealed record MailboxInfo
{
    /// <summary>The name.</summary>
    public required MailboxName Name { get; init; }

    /// <summary>Its attributes. Of \HasChildren and \HasNoChildren always exactly one is there.</summary>
    public MailboxAttributes Attributes { get; init; }

    /// <summary>Its special use, if it has one.</summary>
    public SpecialUse SpecialUse { get; init; }

    /// <summary>The user's rights to it; none to a name that is not there. RFC 8440 §3.</summary>
    public MailboxRights Rights { get; init; } = MailboxRights.All;

    /// <summary>Whether the name can be selected.</summary>
    public bool IsSelectable => (Attributes & (MailboxAttributes.NoSelect | MailboxAttributes.NonExistent)) == 0;
}
