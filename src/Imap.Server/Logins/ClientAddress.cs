using System.Net;
using System.Net.Sockets;

namespace Imap.Server.Logins;

/// <summary>Who stands behind an address, as far as limits are concerned: of IPv6 the network of 64 bits that one customer has.</summary>
static class ClientAddress
{
    /// <summary>What to count under.</summary>
    /// <param name="remote">The other end.</param>
    /// <param name="countLoopback">Whether this machine counts as a client too: on it, a proxy or a web mailer stands for many.</param>
    /// <returns>Null for whoever is not counted.</returns>
    public static string? Of(EndPoint? remote, bool countLoopback)
    {
        if (remote is not IPEndPoint { Address: var address })
            return null;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address) && !countLoopback)
            return null;
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();
        var octets = address.GetAddressBytes();
        octets.AsSpan(8).Clear();
        return $"{new IPAddress(octets)}/64";
    }
}
