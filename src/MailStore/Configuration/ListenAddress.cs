using System.Globalization;
using System.Net;

namespace MailStore.Configuration;

/// <summary>An address and port to listen on: <c>127.0.0.1:1143</c>, <c>[::1]:1143</c>, <c>localhost:1143</c>, or <c>*:1143</c> for all addresses.</summary>
/// <param name="Address">The address; null for both loopback addresses.</param>
/// <param name="Port">The port; zero for any that is free.</param>
sealed record ListenAddress(IPAddress? Address, int Port)
{
    const string Localhost = "localhost";
    const string Everywhere = "*";

    /// <summary>Whether TLS begins at once there.</summary>
    public bool IsTls { get; init; }

    /// <summary>Whether only programs on this machine can connect.</summary>
    public bool IsLoopback => Address is null || IPAddress.IsLoopback(Address);

    /// <summary>The host and port that a client on this machine connects to.</summary>
    /// <param name="port">The port that was bound.</param>
    public (string Host, int Port) ForClient(int port) =>
        Address is null ? (Localhost, port)
        : Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any) ? (Localhost, port)
        : (Address.ToString(), port);

    /// <summary>Reads an address.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static ListenAddress Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 1 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > IPEndPoint.MaxPort)
            throw Fault(text, "the port is missing or is no number from 0 to 65535");
        var host = text[..colon];
        if (host.Equals(Localhost, StringComparison.OrdinalIgnoreCase))
            return port > 0 ? new ListenAddress(null, port) : throw Fault(text, "port 0 needs one address, such as 127.0.0.1");
        if (host == Everywhere)
            return new ListenAddress(IPAddress.IPv6Any, port);
        var inBrackets = host is ['[', .., ']'];
        if (!IPAddress.TryParse(inBrackets ? host[1..^1] : host, out var address))
            throw Fault(text, "the host is neither an IP address nor localhost nor *");
        if (host.Contains(':', StringComparison.Ordinal) != inBrackets)
            throw Fault(text, "an IPv6 address, and no other, stands in brackets");
        return new ListenAddress(address, port);
    }

    /// <summary>The address as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Address is null
        ? string.Create(CultureInfo.InvariantCulture, $"{Localhost}:{Port}")
        : new IPEndPoint(Address, Port).ToString();

    static UsageException Fault(string text, string fault) =>
        new($"\"{text}\" is no address to listen on: {fault}. Write HOST:PORT, such as 127.0.0.1:1143 or [::1]:1143.");
}
