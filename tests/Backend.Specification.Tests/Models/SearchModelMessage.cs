namespace Backend.Specification.Tests.Models;

/// <summary>What search keys can ask of a message.</summary>
sealed record SearchModelMessage(
    Uid Uid, int Number, FlagSet Flags, string Header, string Subject, string? Fruit, string Body, DateOnly Date, DateOnly? Sent, long Size, DateTimeOffset Arrived, DateTimeOffset Saved, ModSeq ModSeq);
