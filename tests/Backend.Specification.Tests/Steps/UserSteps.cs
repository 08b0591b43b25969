namespace Backend.Specification.Tests.Steps;

/// <summary>What tests do with a user, in few words.</summary>
public static class UserSteps
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Creates a mailbox and gives a handle on it.</summary>
    public static async Task<IMailbox> CreateAsync(this IUser user, string name)
    {
        await user.CreateMailboxAsync(MailboxName.Parse(name), CreateOptions.Default, Token);
        return await user.OpenAsync(name);
    }

    public static Task CreateAsync(this IUser user, string name, SpecialUse use) =>
        user.CreateMailboxAsync(MailboxName.Parse(name), new CreateOptions { SpecialUse = use }, Token);

    public static Task<IMailbox> OpenAsync(this IUser user, string name) => user.GetMailboxAsync(MailboxName.Parse(name), Token);

    public static Task DeleteAsync(this IUser user, string name) => user.DeleteMailboxAsync(MailboxName.Parse(name), Token);

    public static Task RenameAsync(this IUser user, string name, string newName) =>
        user.RenameMailboxAsync(MailboxName.Parse(name), MailboxName.Parse(newName), Token);

    public static Task SubscribeAsync(this IUser user, string name) => user.SetSubscribedAsync(MailboxName.Parse(name), true, Token);

    public static Task UnsubscribeAsync(this IUser user, string name) => user.SetSubscribedAsync(MailboxName.Parse(name), false, Token);

    /// <summary>The names in the order of LIST.</summary>
    public static async Task<string[]> NamesAsync(this IUser user) =>
        [.. (await user.ListMailboxesAsync(false, Token)).Select(static info => info.Name.Value)];

    /// <summary>The names subscribed to, in order.</summary>
    public static async Task<string[]> SubscribedNamesAsync(this IUser user) =>
        [.. (await user.ListMailboxesAsync(true, Token)).Select(static info => info.Name.Value)];

    /// <summary>What LIST tells of one name.</summary>
    public static async Task<MailboxInfo> InfoAsync(this IUser user, string name) =>
        Assert.Single(await user.ListMailboxesAsync(false, Token), info => info.Name == MailboxName.Parse(name));
}
