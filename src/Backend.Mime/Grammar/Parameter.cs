namespace Backend.Mime.Grammar;

/// <summary>A parameter of a Content-Type or Content-Disposition field. RFC 2045 §5.1.</summary>
/// <param name="Name">The attribute; with an asterisk at the end where the value is in the encoding of RFC 2231 §4.</param>
/// <param name="Value">The value's octets without quotes.</param>
sealed record Parameter(string Name, byte[] Value)
{
    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
