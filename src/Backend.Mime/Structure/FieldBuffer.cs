using System.Buffers;

namespace Backend.Mime.Structure;

/// <summary>Gathers the lines of one header field.</summary>
sealed class FieldBuffer
{
    /// <summary>What a field has beyond this is only counted as the message's octets, and otherwise ignored.</summary>
    public const int MaxLength = 1024 * 1024;

    readonly ArrayBufferWriter<byte> octets = new(256);

    public bool IsEmpty => octets.WrittenCount == 0;

    /// <summary>Whether octets of the field are missing here.</summary>
    public bool IsCut { get; private set; }

    public ReadOnlySpan<byte> Octets => octets.WrittenSpan;

    public void Add(ReadOnlySpan<byte> line)
    {
        var room = MaxLength - octets.WrittenCount;
        IsCut |= line.Length > room;
        octets.Write(line[..Math.Min(line.Length, room)]);
    }

    public void Clear()
    {
        octets.ResetWrittenCount();
        IsCut = false;
    }
}
