using System.Security.Cryptography;
using System.Text;
using Backend.EfCore.Entities;

namespace Backend.EfCore.Accounts;

/// <summary>
/// What is stored of a password: enough to check it and to serve SCRAM-SHA-256, too little to log in with. RFC 5802 §3; RFC 5803; RFC 7677.
/// </summary>
sealed record ScramVerifier(byte[] Salt, int Iterations, byte[] StoredKey, byte[] ServerKey)
{
    const int SaltLength = 16;

    /// <summary>Makes the verifier of a new password, with a salt of its own.</summary>
    public static ScramVerifier Create(string password, int iterations) => Derive(password, RandomNumberGenerator.GetBytes(SaltLength), iterations);

    /// <summary>What is stored of a user's password.</summary>
    public static ScramVerifier Of(UserEntity user) => new(user.Salt, user.Iterations, user.StoredKey, user.ServerKey);

    /// <summary>What another store gave.</summary>
    public static ScramVerifier From(StoredPassword password) => new([.. password.Salt], password.Iterations, [.. password.StoredKey], [.. password.ServerKey]);

    /// <summary>What another store can take.</summary>
    public StoredPassword ToStored() => new([.. Salt], Iterations, [.. StoredKey], [.. ServerKey]);

    /// <summary>Checks a password; takes as long for a wrong one as for the right one.</summary>
    public bool Matches(string password) =>
        CryptographicOperations.FixedTimeEquals(Derive(password, Salt, Iterations).StoredKey, StoredKey)
        // No password has a control character, and to HMAC, which pads its key with zeros, one with NULs at its end is the same as without.
        && !password.Any(char.IsControl);

    static ScramVerifier Derive(string password, byte[] salt, int iterations)
    {
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(SaslPrep.Prepare(password)), salt, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        return new ScramVerifier(
            salt,
            iterations,
            SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8)),
            HMACSHA256.HashData(salted, "Server Key"u8));
    }
}
