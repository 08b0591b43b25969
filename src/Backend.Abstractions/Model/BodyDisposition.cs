namespace Backend.Abstractions.Model;

/// <summary>A Content-Disposition field. RFC 2183; RFC 9051 §9 (body-fld-dsp).</summary>
/// <param name="Type">The disposition type, as in <c>attachment</c>.</param>
/// <param name="Parameters">The parameters in order.</param>
public sealed record BodyDisposition(string Type, ImmutableArray<BodyParameter> Parameters);
