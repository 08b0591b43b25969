namespace Backend.Mime.Structure;

/// <summary>Where in a message a scan stands.</summary>
enum ScanState
{
    /// <summary>In the header of the innermost part.</summary>
    Header,

    /// <summary>In a body whose text is wanted.</summary>
    Text,

    /// <summary>In octets that matter only as such.</summary>
    Skip,
}
