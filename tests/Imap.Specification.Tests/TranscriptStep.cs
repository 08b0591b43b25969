namespace Imap.Specification.Tests;

/// <summary>One line of a transcript.</summary>
/// <param name="LineNumber">Where it stands.</param>
/// <param name="Kind">What it is: <c>C</c> and <c>S</c> with or without a sign, or the name of a directive.</param>
/// <param name="Client">Which client, 1 to 3.</param>
/// <param name="Text">The rest.</param>
public sealed record TranscriptStep(int LineNumber, string Kind, int Client, string Text);
