namespace Backend.Abstractions.Search;

/// <summary>How messages are put together to threads. RFC 5256 §3 (THREAD).</summary>
public enum ThreadAlgorithm
{
    /// <summary>Messages of one base subject are a thread: its first by sent date, and below that the others.</summary>
    OrderedSubject,

    /// <summary>By Message-ID, References and In-Reply-To, and then by base subject.</summary>
    References,
}
