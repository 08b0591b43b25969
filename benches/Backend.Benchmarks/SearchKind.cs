namespace Backend.Benchmarks;

/// <summary>What is searched for among 100,000 messages.</summary>
public enum SearchKind
{
    Unseen,
    Uids,
    Since,
    Larger,
    Subject,
    From,
    Header,
    BodyRare,
    BodyCommon,
    Text,
    OrNot,
}
