namespace Backend.Specification.Tests.Models;

/// <summary>A message of the model.</summary>
sealed record ModelMessage(Uid Uid, string Subject, FlagSet Flags);
