using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Imap.Server.Tests.Logins;

/// <summary>The client's side of SCRAM-SHA-256, as it should be or a little off. RFC 5802 §3, §5.</summary>
sealed class ScramClient(string username, string password)
{
    readonly string bare = $"n={username},r={Convert.ToBase64String(RandomNumberGenerator.GetBytes(18))}";

    public string Header { get; init; } = "n,,";

    /// <summary>What the final message says that the header was; null for the truth.</summary>
    public string? FinalHeader { get; init; }

    public byte[] Binding { get; init; } = [];

    /// <summary>What the server has to prove itself with, in base64.</summary>
    public string? ServerSignature { get; private set; }

    /// <summary>The first message, in base64.</summary>
    public string First => Encode($"{Header}{bare}");

    /// <summary>The final message, in base64.</summary>
    public string Final(string challenge)
    {
        var serverFirst = Encoding.ASCII.GetString(Convert.FromBase64String(challenge));
        var parts = serverFirst.Split(',');
        var salted = Rfc2898DeriveBytes.Pbkdf2(
            password, Convert.FromBase64String(parts[1][2..]), int.Parse(parts[2].AsSpan(2), CultureInfo.InvariantCulture), HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        var withoutProof = $"c={Convert.ToBase64String([.. Encoding.ASCII.GetBytes(FinalHeader ?? Header), .. Binding])},{parts[0]}";
        var signed = Encoding.UTF8.GetBytes($"{bare},{serverFirst},{withoutProof}");
        var key = HMACSHA256.HashData(salted, "Client Key"u8);
        var signature = HMACSHA256.HashData(SHA256.HashData(key), signed);
        ServerSignature = Convert.ToBase64String(HMACSHA256.HashData(HMACSHA256.HashData(salted, "Server Key"u8), signed));
        return Encode($"{withoutProof},p={Convert.ToBase64String([.. key.Zip(signature, static (left, right) => (byte)(left ^ right))])}");
    }

    static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
