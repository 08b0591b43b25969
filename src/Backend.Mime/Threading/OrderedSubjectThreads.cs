namespace Backend.Mime.Threading;

/// <summary>ORDEREDSUBJECT: the messages of a base subject, the empty one too, are a thread without grandchildren. RFC 5256 §3 (THREAD).</summary>
sealed class OrderedSubjectThreads : ThreadBuilder
{
    /// <inheritdoc/>
    public override ImmutableArray<ThreadMember> Build()
    {
        var siblings = new SiblingLists(Count);
        var heads = new Dictionary<int, int>();
        // By date: a thread begins where its first message stands, and so threads are sorted by that.
        foreach (var message in ByDate())
            if (heads.TryAdd(SubjectOf(message), message))
                siblings.Add(message);
            else
                siblings.AddBelow(heads[SubjectOf(message)], message);
        return Flatten(siblings);
    }
}
