using System.Security.Cryptography;
using System.Text;
using Backend.EfCore.Tenancy;

namespace Backend.EfCore.Accounts;

/// <summary>
/// What SCRAM shows of names that no user has: it must be the same at each try, also in another process and after a restart, and nobody may be
/// able to tell it. So it is made of the name and of what is stored of the oldest user's password, a secret that every store has from its first
/// day. RFC 5802 §9. Thread-safe.
/// </summary>
sealed class DecoyPasswords(MailStoreDatabase database)
{
    const int SaltLength = 16;

    byte[]? secret;

    /// <summary>Makes one.</summary>
    public async Task<ScramVerifier> OfAsync(string normalizedName, CancellationToken cancellationToken)
    {
        var key = secret ??= await FindSecretAsync(cancellationToken) ?? RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
        return new ScramVerifier(Of("salt")[..SaltLength], database.Options.PasswordIterations, Of("stored"), Of("server"));

        byte[] Of(string use) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{use} {normalizedName}"));
    }

    Task<byte[]?> FindSecretAsync(CancellationToken cancellationToken) => database.ReadAsync(
        Lease.ForStore,
        static (context, token) => context.Users.OrderBy(static user => user.Id).Select(static user => user.StoredKey).FirstOrDefaultAsync(token),
        cancellationToken);
}
