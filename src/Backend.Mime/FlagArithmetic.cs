namespace Backend.Mime;

/// <summary>What STORE makes of a message's flags. RFC 9051 §6.4.6.</summary>
public static class FlagArithmetic
{
    static readonly FlagSet Recent = FlagSet.Of(Flag.Recent);

    /// <summary>
    /// The flags after the operation. \Recent is the server's own: it stays as it is, whatever the client asks for. RFC 3501 §2.3.2.
    /// </summary>
    /// <param name="current">The flags before.</param>
    /// <param name="operation">What to do.</param>
    /// <param name="flags">The operand.</param>
    /// <returns><paramref name="current"/> itself where nothing changes.</returns>
    public static FlagSet Apply(FlagSet current, FlagsOperation operation, FlagSet flags)
    {
        var operand = flags.Except(Recent);
        var result = operation switch
        {
            FlagsOperation.Add => current.Union(operand),
            FlagsOperation.Remove => current.Except(operand),
            _ => current.Contains(Flag.Recent) ? operand.Union(Recent) : operand,
        };
        return result.Equals(current) ? current : result;
    }
}
