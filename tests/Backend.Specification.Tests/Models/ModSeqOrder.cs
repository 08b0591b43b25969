namespace Backend.Specification.Tests.Models;

/// <summary>Tells modification sequences by their order among others: stores need not count alike. RFC 7162 §3.1.</summary>
sealed class ModSeqOrder(IEnumerable<ModSeq> all)
{
    readonly List<ModSeq> ascending = [.. all.Append(ModSeq.Zero).Distinct().Order()];

    public string Of(ModSeq modSeq) => $"#{ascending.IndexOf(modSeq)}";
}
