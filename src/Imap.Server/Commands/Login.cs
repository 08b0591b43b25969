using Imap.Server.Connection;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Logs a user in by name and password. RFC 9051 §6.2.3; RFC 3501 §6.2.3.</summary>
/// <remarks>
/// States: not authenticated.<br/>
/// Syntax: <c>login SP userid SP password</c><br/>
/// Responses: none; CAPABILITY in the tagged OK
/// </remarks>
sealed record Login(string Username, string Password) : IImapCommand<Login>
{
    public static CommandDescriptor Descriptor { get; } = new("LOGIN", SessionStates.NotAuthenticated);

    public static Login Parse(ref ImapReader reader)
    {
        reader.Space();
        var username = reader.AStringText("a user name");
        reader.Space();
        var password = reader.AStringText("a password");
        reader.End();
        return new Login(username, password);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        // RFC 9051 §6.2.3: with LOGINDISABLED, whatever the password is.
        if (!session.Pipe.Traits.HasFlag(ConnectionTraits.TakesSecrets))
            return Completion.No(ResponseCode.PrivacyRequired, "Begin TLS first: passwords do not travel in clear here.");
        await session.LogInAsync(await session.Logins.ByPasswordAsync(session, Username, Password, cancellationToken));
        return session.WelcomeCompletion();
    }
}
