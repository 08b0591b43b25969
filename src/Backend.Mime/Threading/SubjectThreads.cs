namespace Backend.Mime.Threading;

/// <summary>Step (5) of REFERENCES: threads of one base subject become one. RFC 5256 §3 (THREAD).</summary>
/// <param name="messages">How many messages there are: nodes from here on stand for none.</param>
/// <param name="nodes">How many nodes there are.</param>
/// <param name="parents">To each message the node above it, or -1; it is changed.</param>
/// <param name="replies">Whether a message's subject is that of a reply.</param>
sealed class SubjectThreads(int messages, int nodes, int[] parents, List<bool> replies)
{
    const int None = -1;

    readonly List<(int Head, int Subject)> heads = [];
    readonly Dictionary<int, int> table = [];
    readonly Dictionary<int, int> merged = [];

    /// <summary>How many nodes there are now.</summary>
    public int Nodes { get; private set; } = nodes;

    /// <summary>(A) and (B): takes the head of a thread, in their order.</summary>
    public void Take(int head, int subject)
    {
        if (subject == None)
            return;
        heads.Add((head, subject));
        if (!table.TryGetValue(subject, out var found) || (!IsDummy(found) && (IsDummy(head) || (replies[found] && !replies[head]))))
            table[subject] = head;
    }

    /// <summary>(C): puts each head below what the table has for its subject.</summary>
    public void Merge()
    {
        foreach (var (head, subject) in heads)
        {
            var found = table[subject];
            if (found == head)
                continue;
            if (IsDummy(found) && IsDummy(head))
            {
                merged[head] = found;
            }
            else if (IsDummy(found) || (replies[head] && !replies[found]))
            {
                parents[head] = found;
            }
            else
            {
                parents[found] = parents[head] = Nodes;
                table[subject] = Nodes++;
            }
        }
    }

    /// <summary>The node that a parent has become.</summary>
    public int Current(int parent) => merged.GetValueOrDefault(parent, parent);

    bool IsDummy(int node) => node >= messages;
}
