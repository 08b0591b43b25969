namespace Backend.Mime.Structure;

/// <summary>A stretch of a part that is decoded as it is written out, after it has been read through once.</summary>
sealed class DecodedOctets(Octets encoded, PartCoding coding, OctetRange stretch, long length, bool hasNul) : Octets
{
    public override long Length => length;

    public override bool? HasNul => hasNul;

    public override async ValueTask CopyToAsync(Stream destination, CancellationToken cancellationToken)
    {
        await using var decoder = new DecodingStream(coding, stretch, destination);
        await encoded.CopyToAsync(decoder, cancellationToken);
        await decoder.FinishAsync(cancellationToken);
    }
}
