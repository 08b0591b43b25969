using System.Security.Cryptography;

namespace Imap.Server.Logins;

/// <summary>
/// Passwords that were right a moment ago, as hashes under a key that only this process has, with what was stored of each then. A login that is
/// found here needs no derivation of a key, if the store still has the same. Bounded. Thread-safe.
/// </summary>
sealed class RememberedLogins(TimeProvider time, TimeSpan lifetime)
{
    const int Capacity = 50_000;

    readonly byte[] secret = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
    readonly Lock gate = new();
    readonly Dictionary<string, (StoredPassword Stored, long Since)> known = new(StringComparer.Ordinal);

    /// <summary>What a name and a password are remembered under.</summary>
    public string KeyOf(string username, string password) =>
        Convert.ToHexString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{username}\0{password}")));

    /// <summary>What was stored of the password when it was right; null when it is not known.</summary>
    public StoredPassword? Find(string key)
    {
        lock (gate)
            return known.TryGetValue(key, out var login) && time.GetElapsedTime(login.Since) < lifetime ? login.Stored : null;
    }

    /// <summary>Remembers a password that was right.</summary>
    public void Add(string key, StoredPassword stored)
    {
        if (lifetime == TimeSpan.Zero)
            return;
        lock (gate)
        {
            if (known.Count >= Capacity)
                MakeRoom();
            known[key] = (stored, time.GetTimestamp());
        }
    }

    /// <summary>Forgets one that is right no longer.</summary>
    public void Forget(string key)
    {
        lock (gate)
            known.Remove(key);
    }

    void MakeRoom()
    {
        foreach (var (key, login) in known.ToList())
            if (time.GetElapsedTime(login.Since) >= lifetime)
                known.Remove(key);
        if (known.Count >= Capacity)
            known.Clear();
    }
}
