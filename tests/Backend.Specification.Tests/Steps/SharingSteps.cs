namespace Backend.Specification.Tests.Steps;

/// <summary>What tests do with rights, in few words.</summary>
public static class SharingSteps
{
    const string Letters = "lrswipkxtea";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The rights of RFC 4314 §2.1 by their letters.</summary>
    public static MailboxRights Rights(string letters) =>
        letters.Aggregate(MailboxRights.None, static (rights, letter) => rights | (MailboxRights)(1 << Letters.IndexOf(letter, StringComparison.Ordinal)));

    /// <summary>The letters of rights, in the order of RFC 4314 §2.1.</summary>
    public static string Text(this MailboxRights rights) => string.Concat(Letters.Where(letter => rights.HasFlag(Rights(letter.ToString()))));

    /// <summary>Gives an identifier these rights and no others.</summary>
    public static Task GrantAsync(this IUser owner, string mailbox, string identifier, string letters, RightsOperation operation = RightsOperation.Replace) =>
        Acl(owner).SetRightsAsync(MailboxName.Parse(mailbox), identifier, operation, Rights(letters), Token);

    public static Task GrantAsync(this IUser owner, string mailbox, IUser grantee, string letters) => owner.GrantAsync(mailbox, grantee.Username, letters);

    /// <summary>The list, each line as <c>name:letters</c>.</summary>
    public static async Task<string[]> AclAsync(this IUser user, string mailbox) =>
        [.. (await Acl(user).GetAclAsync(MailboxName.Parse(mailbox), Token)).Select(static entry => $"{entry.Identifier}:{entry.Rights.Text()}")];

    public static async Task<string> MyRightsAsync(this IUser user, string mailbox) => (await Acl(user).GetMyRightsAsync(MailboxName.Parse(mailbox), Token)).Text();

    public static Task<GrantableRights> GrantableAsync(this IUser user, string mailbox, string identifier) =>
        Acl(user).GetGrantableRightsAsync(MailboxName.Parse(mailbox), identifier, Token);

    /// <summary>The name that others have for a mailbox of this user.</summary>
    public static string Shared(this IUser owner, string mailbox) => OtherUsers.NameOf(owner.Username, MailboxName.Parse(mailbox)).Value;

    static IAclUser Acl(IUser user) => Assert.IsAssignableFrom<IAclUser>(user);
}
