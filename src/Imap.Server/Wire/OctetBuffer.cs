using System.Buffers;

namespace Imap.Server.Wire;

/// <summary>Octets one after another in a rented array, which a connection without a command does not hold.</summary>
sealed class OctetBuffer
{
    byte[] octets = [];
    int length;

    /// <summary>What is there; valid until more is appended.</summary>
    public ReadOnlyMemory<byte> Written => octets.AsMemory(0, length);

    /// <summary>Adds octets.</summary>
    public void Append(ReadOnlySpan<byte> more)
    {
        if (length + more.Length > octets.Length)
            Grow(length + more.Length);
        more.CopyTo(octets.AsSpan(length));
        length += more.Length;
    }

    /// <summary>Empties it and gives the array back.</summary>
    public void Clear()
    {
        length = 0;
        if (octets.Length > 0)
            ArrayPool<byte>.Shared.Return(octets);
        octets = [];
    }

    void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(256, octets.Length * 2)));
        Written.Span.CopyTo(larger);
        if (octets.Length > 0)
            ArrayPool<byte>.Shared.Return(octets);
        octets = larger;
    }
}
