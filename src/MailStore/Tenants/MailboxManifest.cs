namespace MailStore.Tenants;

/// <summary>A mailbox of an exported user.</summary>
sealed record MailboxManifest
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for; see <see cref="Backend.Abstractions.Model.SpecialUse"/>.</summary>
    public required SpecialUse SpecialUse { get; init; }

    /// <summary>The Maildir with its messages, from the manifest's folder on, with <c>/</c>; null for a name that holds none (\Noselect).</summary>
    public required string? Maildir { get; init; }

    /// <summary>Who else had which rights to it, by login name, or <see cref="AclEntry.Anyone"/>; null for nobody.</summary>
    public IReadOnlyDictionary<string, MailboxRights>? Rights { get; init; }

    /// <summary>Its annotations, by their names; null without any.</summary>
    public IReadOnlyDictionary<string, byte[]>? Annotations { get; init; }

    /// <summary>How many messages were written there.</summary>
    public required long Messages { get; init; }
}
