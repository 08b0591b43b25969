namespace Backend.EfCore.Entities;

/// <summary>A stretch of a message's octets.</summary>
sealed class ContentChunkEntity
{
    /// <summary>Octets of every chunk but the last.</summary>
    public const int Size = 256 * 1024;

    public int UserId { get; set; }

    public long ContentId { get; set; }

    /// <summary>0 and up.</summary>
    public int Chunk { get; set; }

    public ChunkCodec Codec { get; set; }

    public required byte[] Octets { get; set; }
}
