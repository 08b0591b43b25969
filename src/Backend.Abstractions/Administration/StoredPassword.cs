namespace Backend.Abstractions.Administration;

/// <summary>
/// What a store keeps of a password: a SCRAM-SHA-256 verifier, with which a login can be checked and not made. RFC 5803; RFC 7677.
/// </summary>
/// <param name="Salt">The salt.</param>
/// <param name="Iterations">The iterations of PBKDF2.</param>
/// <param name="StoredKey">RFC 5802 §3.</param>
/// <param name="ServerKey">RFC 5802 §3.</param>
public sealed record StoredPassword(ImmutableArray<byte> Salt, int Iterations, ImmutableArray<byte> StoredKey, ImmutableArray<byte> ServerKey)
{
    /// <summary>The fewest iterations that are taken. RFC 7677 §4.</summary>
    public const int MinIterations = 4096;

    /// <summary>The most: each login costs as many.</summary>
    public const int MaxIterations = 10_000_000;

    const string Scheme = "SCRAM-SHA-256";
    const int KeyLength = 32;
    const int MaxSaltLength = 1024;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">Such as <c>SCRAM-SHA-256$4096:c2FsdA==$StoredKey:ServerKey</c>, keys and salt in base64. RFC 5803 §3.</param>
    /// <param name="password">What it says.</param>
    /// <returns>False when it is none, or outside the limits.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out StoredPassword? password)
    {
        password = null;
        if (text?.Split('$') is not [Scheme, var salted, var keys] || salted.Split(':') is not [var count, var salt] || keys.Split(':') is not [var stored, var server])
            return false;
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) || iterations is < MinIterations or > MaxIterations)
            return false;
        var parsed = new StoredPassword(Decode(salt), iterations, Decode(stored), Decode(server));
        if (parsed.Salt.Length is 0 or > MaxSaltLength || parsed.StoredKey.Length != KeyLength || parsed.ServerKey.Length != KeyLength)
            return false;
        password = parsed;
        return true;
    }

    /// <summary>The form of RFC 5803 §3.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}${Iterations}:{Encode(Salt)}${Encode(StoredKey)}:{Encode(ServerKey)}");

    /// <summary>Octet by octet.</summary>
    public bool Equals(StoredPassword? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    static string Encode(ImmutableArray<byte> octets) => Convert.ToBase64String(octets.AsSpan());

    static ImmutableArray<byte> Decode(string text)
    {
        var octets = new byte[text.Length];
        return Convert.TryFromBase64String(text, octets, out var length) ? [.. octets.AsSpan(0, length)] : [];
    }
}
