namespace Backend.Mime.Threading;

/// <summary>REFERENCES: by what messages refer to, then by base subject. The numbers in the comments are those of RFC 5256 §3 (THREAD).</summary>
sealed class ReferenceThreads : ThreadBuilder
{
    const int None = -1;

    readonly ReferenceForest forest = new();
    readonly Dictionary<long, int> nodes = [];
    readonly List<int> messages = [];
    readonly List<int> places = [];
    readonly List<bool> replies = [];

    /// <inheritdoc/>
    public override void Add(ThreadCandidate message)
    {
        // (1)(A)
        var parent = None;
        foreach (var reference in message.References)
        {
            if (!nodes.TryGetValue(reference, out var node))
                nodes.Add(reference, node = AddNode());
            if (parent != None && forest.ParentOf(node) == None)
                forest.TryLink(parent, node);
            parent = node;
        }

        // (1)(B)
        var own = OwnNode(message.MessageId);
        messages[own] = Count;
        places.Add(own);
        replies.Add(message.IsReply);
        base.Add(message);
        if (forest.ParentOf(own) != None)
            forest.Cut(own);
        if (parent != None)
            forest.TryLink(parent, own);
    }

    /// <inheritdoc/>
    public override ImmutableArray<ThreadMember> Build()
    {
        var order = ByDate();
        var parents = Prune();
        var subjects = new SubjectThreads(Count, forest.Count + Count, parents, replies);
        // (4): by date, siblings and heads of threads come in their order.
        var sorted = ToSiblings(order, parents, subjects);
        // (5)
        for (var head = sorted.First; head != None; head = sorted.NextOf(head))
            subjects.Take(head, SubjectOf(head < Count ? head : sorted.FirstBelow(head)));
        subjects.Merge();
        // (6)
        return Flatten(ToSiblings(order, parents, subjects));
    }

    // A message without id, and one whose id another has, has one that nothing else refers to.
    int OwnNode(long? id)
    {
        if (id is not { } number)
            return AddNode();
        if (!nodes.TryGetValue(number, out var node))
            nodes.Add(number, node = AddNode());
        return messages[node] == None ? node : AddNode();
    }

    int AddNode()
    {
        messages.Add(None);
        return forest.Add();
    }

    /// <summary>
    /// (2) and (3): to each message the one that is above it, or -1. Where that is none of the messages, but several stand below it, it
    /// is a number from <see cref="ThreadBuilder.Count"/> on for them all.
    /// </summary>
    int[] Prune()
    {
        var anchors = Anchors();
        var below = new int[forest.Count];
        foreach (var anchor in anchors)
            if (anchor != None && messages[anchor] == None)
                below[anchor]++;
        var parents = new int[Count];
        for (var message = 0; message < Count; message++)
        {
            var anchor = anchors[message];
            parents[message] = anchor == None ? None
                : messages[anchor] != None ? messages[anchor]
                : below[anchor] > 1 ? Count + anchor : None;
        }

        return parents;
    }

    /// <summary>To each message the nearest node above it that is a message, else the topmost one; -1 where it is that itself.</summary>
    int[] Anchors()
    {
        const int Unknown = -2;
        var known = new int[forest.Count];
        Array.Fill(known, Unknown);
        var path = new List<int>();
        var anchors = new int[Count];
        for (var message = 0; message < Count; message++)
        {
            path.Clear();
            var node = forest.ParentOf(places[message]);
            while (node != None && messages[node] == None && known[node] == Unknown && forest.ParentOf(node) != None)
            {
                path.Add(node);
                node = forest.ParentOf(node);
            }

            var anchor = node == None || known[node] == Unknown ? node : known[node];
            foreach (var passed in path)
                known[passed] = anchor;
            anchors[message] = anchor;
        }

        return anchors;
    }

    static SiblingLists ToSiblings(int[] order, int[] parents, SubjectThreads subjects)
    {
        var siblings = new SiblingLists(subjects.Nodes);
        var begun = new HashSet<int>();
        foreach (var message in order)
        {
            var parent = subjects.Current(parents[message]);
            if (parent == None)
                siblings.Add(message);
            else if (parent >= order.Length && begun.Add(parent))
                // What stands for no message is where the first of its children is.
                siblings.Add(parent);
            if (parent != None)
                siblings.AddBelow(parent, message);
        }

        return siblings;
    }
}
