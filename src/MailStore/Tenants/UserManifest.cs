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

    /// <summary>The names that the user is subscribed to.</summary>
    public required IReadOnlyList<string> Subscriptions { get; init; }

    /// <summary>The mailboxes, and the names above them that are none.</summary>
    public required IReadOnlyList<MailboxManifest> Mailboxes { get; init; }
}
