using MailStore.Commands;

namespace MailStore.Serving;

/// <summary>What happens on a store without users: one is made, so that a mail program has something to sign in to at once.</summary>
sealed class FirstStart(IUserDirectory users, TimeProvider clock)
{
    const string Username = "me";

    /// <summary>Makes the first user unless there is one.</summary>
    /// <returns>The name and password; null when there was a user.</returns>
    public async Task<(string Username, string Password)?> RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in users.ListUsersAsync(cancellationToken))
            return null;
        var password = RandomPassword.Create();
        await users.AddUserAsync(Username, password, cancellationToken);
        var user = await users.OpenUserAsync(Username, cancellationToken);
        await SpecialMailboxes.CreateAsync(user, cancellationToken);
        var inbox = await user.GetMailboxAsync(MailboxName.Inbox, cancellationToken);
        using var message = new MemoryStream(WelcomeMessage.Create(Username, clock.GetUtcNow()));
        await inbox.CreateMessageAsync(message, AppendOptions.Default, cancellationToken);
        await user.LogoutAsync();
        return (Username, password);
    }

    /// <summary>Tells how to sign in.</summary>
    public static void Tell(Terminal terminal, string username, string password, string host, int port, bool isTls, bool isUntrusted) =>
        terminal.Output.WriteLine($"""

            The store is new. Its first user signs in like this, which is shown only now:

              IMAP server    {host}
              Port           {port}
              Encryption     {(isTls ? "SSL/TLS" : "none")}
              User name      {username}
              Password       {password}

            Try it:

              curl {(isTls && isUntrusted ? "--insecure " : "")}--user '{username}:{password}' '{(isTls ? "imaps" : "imap")}://{host}:{port}/INBOX;MAILINDEX=1'

            """);
}
