namespace Backend.Abstractions.Model;

/// <summary>A parameter of a Content-Type or Content-Disposition field. RFC 2045 §5.1.</summary>
/// <param name="Name">The attribute, as it stands in the header.</param>
/// <param name="Value">The value, without quotes, otherwise as it stands in the header.</param>
public sealed record BodyParameter(string Name, string Value);
