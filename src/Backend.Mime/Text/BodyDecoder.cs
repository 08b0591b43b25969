using System.Buffers;
using Backend.Mime.Grammar;
using MimeKit.Encodings;

namespace Backend.Mime.Text;

/// <summary>Decodes the bodies of text parts, one after the other, in pieces: first the transfer encoding, then the charset.</summary>
sealed class BodyDecoder(ICharSink sink) : IDisposable
{
    const int BatchSize = 8 * 1024;

    readonly byte[] batch = ArrayPool<byte>.Shared.Rent(BatchSize);
    byte[] decoded = [];
    char[] characters = [];
    int filled;
    IMimeDecoder? transfer;
    Decoder charset = Encoding.UTF8.GetDecoder();

    public void Begin(string encoding, string? charsetName)
    {
        transfer = TransferEncoding.CreateDecoder(encoding);
        charset = Charsets.Find(charsetName).GetDecoder();
        filled = 0;
    }

    public void Decode(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            var taken = octets[..Math.Min(octets.Length, BatchSize - filled)];
            taken.CopyTo(batch.AsSpan(filled));
            filled += taken.Length;
            octets = octets[taken.Length..];
            if (filled == BatchSize)
                Flush(isLast: false);
        }
    }

    public void End()
    {
        // Where the padding has been lost, the decoder would keep the last octets to itself.
        if (transfer is Base64Decoder)
            Decode("=="u8);
        Flush(isLast: true);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(batch);
        if (decoded.Length > 0)
            ArrayPool<byte>.Shared.Return(decoded);
        if (characters.Length > 0)
            ArrayPool<char>.Shared.Return(characters);
    }

    void Flush(bool isLast)
    {
        var octets = batch.AsSpan(0, filled);
        if (transfer is not null)
        {
            Room(ref decoded, transfer.EstimateOutputLength(filled));
            octets = decoded.AsSpan(0, transfer.Decode(batch, 0, filled, decoded));
        }

        filled = 0;
        Room(ref characters, charset.GetCharCount(octets, isLast));
        sink.Append(characters.AsSpan(0, charset.GetChars(octets, characters, isLast)));
    }

    static void Room<T>(ref T[] array, int length)
    {
        if (array.Length >= length)
            return;
        if (array.Length > 0)
            ArrayPool<T>.Shared.Return(array);
        array = ArrayPool<T>.Shared.Rent(length);
    }
}
