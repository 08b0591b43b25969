using System.Security.Cryptography;

namespace Backend.Memory;

/// <summary>What is kept of a password: a SCRAM-SHA-256 verifier. RFC 5802 §3; RFC 5803; RFC 7677.</summary>
sealed record PasswordVerifier(byte[] Salt, int Iterations, byte[] StoredKey, byte[] ServerKey)
{
    const int MaxLength = 1000;

    /// <summary>The fewest that RFC 7677 §4 allows: tests log in often.</summary>
    const int NewIterations = 4096;

    /// <summary>Makes the verifier of a new password, with a salt of its own.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.InvalidPassword"/>.</exception>
    public static PasswordVerifier Create(string password)
    {
        if (password.Length is 0 or > MaxLength)
            throw new BackendException(BackendError.InvalidPassword, $"The password has {password.Length} characters; 1 to {MaxLength} are taken.");
        if (password.Any(char.IsControl))
            throw new BackendException(BackendError.InvalidPassword, "The password has a control character in it, which no mail client could send.");
        return Derive(password, RandomNumberGenerator.GetBytes(16), NewIterations);
    }

    public static PasswordVerifier From(StoredPassword password) => new([.. password.Salt], password.Iterations, [.. password.StoredKey], [.. password.ServerKey]);

    public StoredPassword ToStored() => new([.. Salt], Iterations, [.. StoredKey], [.. ServerKey]);

    /// <summary>Checks a password; takes as long for a wrong one as for the right one.</summary>
    public bool Matches(string password) =>
        CryptographicOperations.FixedTimeEquals(Derive(password, Salt, Iterations).StoredKey, StoredKey)
        // HMAC pads its key with zeros: a NUL at the end of a password would make no difference.
        && !password.Any(char.IsControl);

    /// <summary>What is shown of a name that no user has. This one is what nobody else knows.</summary>
    public PasswordVerifier Decoy(string normalizedName)
    {
        return new PasswordVerifier(Of("salt")[..16], Iterations, Of("stored"), Of("server"));

        byte[] Of(string use) => HMACSHA256.HashData(StoredKey, Encoding.UTF8.GetBytes($"{use} {normalizedName}"));
    }

    static PasswordVerifier Derive(string password, byte[] salt, int iterations)
    {
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(LoginName.Compose(password)), salt, iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        return new PasswordVerifier(salt, iterations, SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8)), HMACSHA256.HashData(salted, "Server Key"u8));
    }
}
