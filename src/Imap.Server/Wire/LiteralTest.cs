namespace Imap.Server.Wire;

/// <summary>Says whether the literal announced at the end of <paramref name="command"/> is left for the command itself to read.</summary>
/// <param name="command">The command so far, without the announcement.</param>
delegate bool LiteralTest(ReadOnlySpan<byte> command);
