namespace Backend.Abstractions.Model;

/// <summary>An annotation of a mailbox or of the server. RFC 5464 §3.</summary>
/// <param name="Name">Its name in lower case: levels of ASCII behind slashes, the first of which is <c>/private</c> or <c>/shared</c>. RFC 5464 §3.2.</param>
/// <param name="Value">Its octets, at most <see cref="MaxSize"/>; null where there is none.</param>
public sealed record MetadataEntry(string Name, ReadOnlyMemory<byte>? Value)
{
    /// <summary>What the names begin with that everybody sees who may see the mailbox.</summary>
    public const string Shared = "/shared/";

    /// <summary>What the names begin with that one user sees.</summary>
    public const string Private = "/private/";

    /// <summary>The most octets of a value. RFC 5464 §4.1 asks for 1,024.</summary>
    public const int MaxSize = 16 * 1024;

    /// <summary>The most octets of a name.</summary>
    public const int MaxNameLength = 512;

    /// <summary>The most annotations of a mailbox, or of a user for the server. RFC 5464 §4.1 asks for 10.</summary>
    public const int MaxCount = 100;
}
