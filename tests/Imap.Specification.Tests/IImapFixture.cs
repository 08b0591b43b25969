using System.Net;

namespace Imap.Specification.Tests;

/// <summary>A server with a backend behind it, and fresh users to test with.</summary>
public interface IImapFixture
{
    /// <summary>Where the server listens.</summary>
    IPEndPoint EndPoint { get; }

    /// <summary>Adds a user who has nothing but an empty INBOX.</summary>
    Task<ImapAccount> AddUserAsync();

    /// <summary>The same, in a tenant that is made where it is missing.</summary>
    Task<ImapAccount> AddUserAsync(string tenant);

    /// <summary>Makes a user an administrator of quotas.</summary>
    Task MakeAdministratorAsync(string username);
}
