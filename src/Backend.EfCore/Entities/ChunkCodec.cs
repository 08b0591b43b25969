namespace Backend.EfCore.Entities;

/// <summary>How the octets of a chunk are written.</summary>
enum ChunkCodec
{
    /// <summary>As they are.</summary>
    Identity = 0,
}
