namespace Backend.Abstractions.Model;

/// <summary>The flags of a message after a change.</summary>
/// <param name="Uid">Which message.</param>
/// <param name="Flags">All its flags, \Recent among them where it is recent to this handle.</param>
/// <param name="ModSeq">The modification sequence of the change.</param>
public readonly record struct MessageFlags(Uid Uid, FlagSet Flags, ModSeq ModSeq);
