namespace Backend.Mime.Threading;

/// <summary>
/// Puts messages together to threads. It keeps a few numbers of each message and of each that is referred to, and each base subject once;
/// no step is done by recursion, for a thread may be as deep as there are messages. RFC 5256 §3 (THREAD).
/// </summary>
public abstract class ThreadBuilder
{
    readonly List<Uid> uids = [];
    readonly List<long> dates = [];
    readonly List<int> subjects = [];
    readonly Dictionary<string, int> subjectNumbers = new(StringComparer.Ordinal);

    private protected ThreadBuilder()
    {
    }

    /// <summary>A builder that does it this way.</summary>
    public static ThreadBuilder Create(ThreadAlgorithm algorithm) => algorithm switch
    {
        ThreadAlgorithm.OrderedSubject => new OrderedSubjectThreads(),
        ThreadAlgorithm.References => new ReferenceThreads(),
        _ => throw new ArgumentException($"{algorithm} is no way of threading that is known here.", nameof(algorithm)),
    };

    /// <summary>How many messages there are.</summary>
    protected int Count => uids.Count;

    /// <summary>Takes a message: in the order in which they stand in the mailbox.</summary>
    public virtual void Add(ThreadCandidate message)
    {
        uids.Add(message.Uid);
        dates.Add(message.SentDate);
        if (!subjectNumbers.TryGetValue(message.BaseSubject, out var subject))
            subjectNumbers.Add(message.BaseSubject, subject = message.BaseSubject.Length == 0 ? -1 : subjectNumbers.Count);
        subjects.Add(subject);
    }

    /// <summary>The threads of all messages that were taken.</summary>
    public abstract ImmutableArray<ThreadMember> Build();

    /// <summary>A number for a message's base subject; -1 for the empty one.</summary>
    protected int SubjectOf(int message) => subjects[message];

    /// <summary>The messages by sent date, and those of one date as they stand in the mailbox. RFC 5256 §2.2.</summary>
    protected int[] ByDate()
    {
        var order = new int[Count];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(order, (a, b) => dates[a] != dates[b] ? dates[a].CompareTo(dates[b]) : a.CompareTo(b));
        return order;
    }

    /// <summary>Writes a forest down.</summary>
    /// <param name="siblings">Its nodes: messages by their place, and above them those that stand for none.</param>
    private protected ImmutableArray<ThreadMember> Flatten(SiblingLists siblings)
    {
        var members = ImmutableArray.CreateBuilder<ThreadMember>(Count);
        var open = new Stack<(int Node, int Depth)>();
        Push(siblings.First, 0);
        while (open.TryPop(out var next))
        {
            members.Add(new ThreadMember(next.Node < Count ? uids[next.Node] : null, next.Depth));
            Push(siblings.NextOf(next.Node), next.Depth);
            Push(siblings.FirstBelow(next.Node), next.Depth + 1);
        }

        return members.DrainToImmutable();

        void Push(int node, int depth)
        {
            if (node >= 0)
                open.Push((node, depth));
        }
    }
}
