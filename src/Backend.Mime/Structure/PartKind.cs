namespace Backend.Mime.Structure;

/// <summary>What a part is made of. The numbers are stored.</summary>
enum PartKind
{
    /// <summary>Octets.</summary>
    Leaf = 0,

    /// <summary>Parts.</summary>
    Multipart = 1,

    /// <summary>A message.</summary>
    Message = 2,
}
