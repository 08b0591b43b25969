using System.Buffers;

namespace Backend.Mime.Structure;

/// <summary>A stretch of a seekable stream.</summary>
sealed class OctetsInStream(Stream message, OctetRange range) : Octets
{
    const int BufferSize = 64 * 1024;

    public override long Length => range.Length;

    public override async ValueTask CopyToAsync(Stream destination, CancellationToken cancellationToken)
    {
        message.Position = range.Offset;
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(BufferSize, Math.Max(range.Length, 1)));
        try
        {
            for (var left = range.Length; left > 0;)
            {
                var piece = buffer.AsMemory(0, (int)Math.Min(left, buffer.Length));
                await message.ReadExactlyAsync(piece, cancellationToken);
                await destination.WriteAsync(piece, cancellationToken);
                left -= piece.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
