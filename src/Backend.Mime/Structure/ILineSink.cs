namespace Backend.Mime.Structure;

/// <summary>Takes the lines of a stream in order.</summary>
interface ILineSink
{
    /// <summary>Whether the rest need not be read.</summary>
    bool IsDone { get; }

    /// <summary>A line with its end, or a piece of one that is too long for the buffer.</summary>
    /// <param name="octets">The octets; a line's CR and LF are never in different pieces.</param>
    /// <param name="starts">Whether they stand at the start of a line.</param>
    void Line(ReadOnlySpan<byte> octets, bool starts);
}
