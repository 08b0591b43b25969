using System.Net;

namespace Imap.Server.Logins;

/// <summary>How many connections each address and each user has open. Thread-safe.</summary>
sealed class OpenConnections(ImapServerOptions options)
{
    readonly Lock gate = new();
    readonly Dictionary<string, int> addresses = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> users = new(StringComparer.Ordinal);

    /// <summary>Counts a connection that has come.</summary>
    /// <returns>False when there are too many from there; then it is not counted.</returns>
    public bool TryEnter(EndPoint? remote) => ClientAddress.Of(remote, options.LimitLoopback) is not { } address || TryEnter(addresses, address, options.MaxConnectionsPerAddress);

    /// <summary>A connection that was counted has gone.</summary>
    public void Leave(EndPoint? remote)
    {
        if (ClientAddress.Of(remote, options.LimitLoopback) is { } address)
            Leave(addresses, address);
    }

    /// <summary>Counts a connection whose user has logged in.</summary>
    /// <returns>False when the user has too many; then it is not counted.</returns>
    public bool TryLogIn(string username) => TryEnter(users, username, options.MaxConnectionsPerUser);

    /// <summary>A user who was counted has gone.</summary>
    public void LogOut(string username) => Leave(users, username);

    bool TryEnter(Dictionary<string, int> counts, string key, int limit)
    {
        lock (gate)
        {
            var count = counts.GetValueOrDefault(key);
            if (count >= limit)
                return false;
            counts[key] = count + 1;
            return true;
        }
    }

    void Leave(Dictionary<string, int> counts, string key)
    {
        lock (gate)
            if (counts.GetValueOrDefault(key) is > 1 and var count)
                counts[key] = count - 1;
            else
                counts.Remove(key);
    }
}
