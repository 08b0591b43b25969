using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Imap.Server.Tokens;

/// <summary>A public key for signatures. RFC 7517 §4; RFC 7518 §6.</summary>
/// <param name="Id">Its name; null when it has none.</param>
/// <param name="Algorithm">What alone it is for; null when that is open.</param>
/// <param name="Rsa">The key, when it is one of RSA.</param>
/// <param name="Curve">The key, when it is one on P-256.</param>
sealed record JsonWebKey(string? Id, string? Algorithm, RSAParameters? Rsa, ECParameters? Curve)
{
    // RFC 7518 §3.3: a shorter one MUST NOT be used.
    const int MinModulusLength = 2048 / 8;

    /// <summary>Reads one.</summary>
    /// <returns>Null for a key that is of no use here.</returns>
    public static JsonWebKey? Read(JsonElement key)
    {
        if (Text(key, "use") is not (null or "sig"))
            return null;
        var (id, algorithm) = (Text(key, "kid"), Text(key, "alg"));
        return Text(key, "kty") switch
        {
            "RSA" when Octets(key, "n") is { Length: >= MinModulusLength } modulus && Octets(key, "e") is { } exponent =>
                new JsonWebKey(id, algorithm, new RSAParameters { Modulus = modulus, Exponent = exponent }, null),
            "EC" when Text(key, "crv") == "P-256" && Octets(key, "x") is { } x && Octets(key, "y") is { } y =>
                new JsonWebKey(id, algorithm, null, new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } }),
            _ => null,
        };
    }

    /// <summary>Whether a signature is this key's. The algorithm has to fit the key: no public key is ever taken for a shared secret. RFC 8725 §3.1.</summary>
    public bool Verifies(string algorithm, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        if (Algorithm is not null && Algorithm != algorithm)
            return false;
        try
        {
            switch (algorithm)
            {
                case "RS256" or "PS256" when Rsa is { } parameters:
                    using (var rsa = RSA.Create(parameters))
                        return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, algorithm == "RS256" ? RSASignaturePadding.Pkcs1 : RSASignaturePadding.Pss);
                case "ES256" when Curve is { } point:
                    using (var ecdsa = ECDsa.Create(point))
                        return ecdsa.VerifyData(signed, signature, HashAlgorithmName.SHA256);
                default:
                    return false;
            }
        }
        catch (CryptographicException)
        {
            // A key that is none.
            return false;
        }
    }

    static string? Text(JsonElement key, string name) => key.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static byte[]? Octets(JsonElement key, string name) => Text(key, name) is { } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
