namespace MailStore.Tenants;

/// <summary>A user of an exported tenant.</summary>
sealed record UserManifest
{
    /// <summary>The login name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the user was suspended.</summary>
    public required AccountState State { get; init; }

    /// <summary>What was stored of the password: see <see cref="StoredPassword.ToString"/>.</summary>
    public required string Password { get; init; }

    /// <summary>How much mail the user might have; null for no limit.</summary>
    public QuotaLimits? Limits { get; init; }

    /// <summary>Whether the user might set the quotas of the tenant's users.</summary>
    public bool IsAdministrator { get; init; }

    /// <summary>The user's annotations of the server, by their names; null without any.</summary>
    public IReadOnlyDictionary<string, byte[]>? Annotations { get; init; }

    /// <summary>The names that the user is subscribed to.</summary>
    public required IReadOnlyList<string> Subscriptions { get; init; }

    /// <summary>The mailboxes, and the names above them that are none.</summary>
    public required IReadOnlyList<MailboxManifest> Mailboxes { get; init; }
}
