using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Backend.Mime.Grammar;

namespace Backend.Mime.Sorting;

/// <summary>
/// The message ids of a field, as numbers: ids are long, and all that is asked of two of them is whether they are the same. The number is a
/// part of a digest of the id without its quoting. RFC 5256 §3 (THREAD); RFC 5322 §3.6.4.
/// </summary>
static class MessageIds
{
    /// <summary>Longer ones than this are none.</summary>
    const int MaxLength = 2000;

    /// <summary>The valid ids of an unfolded field, in order. What stands between them is not minded.</summary>
    public static List<long> Read(ReadOnlySpan<byte> field)
    {
        var ids = new List<long>();
        var reader = new FieldReader(field);
        while (true)
        {
            reader.TakeUntil("<"u8);
            if (!reader.TryTake((byte)'<'))
                return ids;
            if (TryReadId(ref reader, out var id))
                ids.Add(id);
        }
    }

    /// <summary>The number that stands for some octets.</summary>
    public static long Digest(ReadOnlySpan<byte> octets)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(octets, digest);
        return BinaryPrimitives.ReadInt64BigEndian(digest);
    }

    // Behind the "<": id-left "@" id-right ">", with quotes, comments and white space taken away.
    static bool TryReadId(ref FieldReader reader, out long id)
    {
        id = 0;
        var text = new ArrayBufferWriter<byte>(64);
        var at = -1;
        while (!reader.AtEnd)
        {
            switch ((char)reader.Next)
            {
                case '>':
                    reader.Position++;
                    if (at <= 0 || at == text.WrittenCount - 1 || text.WrittenCount > MaxLength)
                        return false;
                    id = Digest(text.WrittenSpan);
                    return true;
                case '<':
                    return false;
                case '"':
                    reader.TakeQuoted(text);
                    break;
                case '(' or ' ' or '\t' or '\r' or '\n':
                    reader.SkipComments();
                    break;
                case '@':
                    at = text.WrittenCount;
                    goto default;
                default:
                    text.Write(reader.Rest[..1]);
                    reader.Position++;
                    break;
            }
        }

        return false;
    }
}
