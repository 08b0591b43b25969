namespace Backend.Abstractions.Model;

/// <summary>A message that is to be appended.</summary>
/// <param name="Body">Its octets; read once, from where the stream stands to its end, and not closed.</param>
/// <param name="Options">Flags and date.</param>
public sealed record NewMessage(Stream Body, AppendOptions Options);
