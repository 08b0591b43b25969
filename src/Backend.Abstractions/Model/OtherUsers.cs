namespace Backend.Abstractions.Model;

/// <summary>
/// The names under which users see each other's mailboxes: <c>#user/bob@example.org/Lists/dotnet</c> is what is <c>Lists/dotnet</c> to Bob. A login
/// name has no delimiter in it, so it is one level. RFC 2342 §5; RFC 9051 §5.1.2.1 (names that begin with #).
/// </summary>
public static class OtherUsers
{
    const string RootName = "#user";

    /// <summary>The first level of these names.</summary>
    public static MailboxName Root { get; } = MailboxName.Parse(RootName);

    /// <summary>What stands before the owner's name, with the delimiter.</summary>
    public static string Prefix => RootName + MailboxName.Delimiter;

    /// <summary>Whether a name is of this namespace, the levels above its mailboxes included.</summary>
    public static bool Contains(MailboxName name) => name == Root || name.IsInferiorTo(Root);

    /// <summary>The name that a mailbox has for everybody but its owner.</summary>
    /// <param name="owner">The owner's login name.</param>
    /// <param name="mailbox">The mailbox's name as its owner sees it.</param>
    /// <exception cref="BackendException"><see cref="BackendError.InvalidMailboxName"/>: it would be too long or too deep.</exception>
    public static MailboxName NameOf(string owner, MailboxName mailbox) => MailboxName.Parse(Prefix + owner + MailboxName.Delimiter + mailbox.Value);

    /// <summary>Takes such a name apart.</summary>
    /// <param name="name">Any name.</param>
    /// <param name="owner">The owner's login name, in NFC.</param>
    /// <param name="mailbox">The mailbox's name as its owner sees it.</param>
    /// <returns>False for a name outside of the namespace, and for the levels above the mailboxes in it.</returns>
    public static bool TryParse(MailboxName name, [NotNullWhen(true)] out string? owner, out MailboxName mailbox)
    {
        (owner, mailbox) = (null, default);
        if (!name.IsInferiorTo(Root) || name.Value.IndexOf(MailboxName.Delimiter, Prefix.Length) is not (>= 0 and var end))
            return false;
        // A part of a name in its one form is one too, but for INBOX in other than capitals: that is nobody's.
        owner = name.Value[Prefix.Length..end];
        mailbox = MailboxName.Parse(name.Value[(end + 1)..]);
        return name.Value.EndsWith(mailbox.Value, StringComparison.Ordinal);
    }
}
