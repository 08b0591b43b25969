using Backend.Mime.Threading;

namespace Backend.Mime.Tests;

/// <summary>REFERENCES step by step, as it stands in RFC 5256 §3 (THREAD).</summary>
static class ThreadModel
{
    public static string Thread(IReadOnlyList<ThreadCandidate> messages)
    {
        var root = Link(messages);
        // (3)
        Prune(root, isRoot: true);
        // (4)
        foreach (var dummy in root.Children.Where(static child => child.Message is null))
            Sort(dummy);
        Sort(root);
        Gather(root);
        SortAll(root);
        return string.Concat(root.Children.Select(static child => $"({Text(child)})"));
    }

    // (1) and (2)
    static Node Link(IReadOnlyList<ThreadCandidate> messages)
    {
        var byId = new Dictionary<long, Node>();
        var all = new List<Node>();
        var own = messages.Select((message, i) => message.MessageId is { } id && messages.Take(i).All(each => each.MessageId != id) ? Find(id) : New()).ToList();
        for (var i = 0; i < messages.Count; i++)
            own[i].Message = messages[i];
        for (var i = 0; i < messages.Count; i++)
        {
            var references = messages[i].References.Select(Find).ToList();
            for (var r = 1; r < references.Count; r++)
                if (references[r].Parent is null)
                    references[r].MoveBelow(references[r - 1]);
            own[i].MoveBelow(null);
            if (references.Count > 0)
                own[i].MoveBelow(references[^1]);
        }

        var root = new Node();
        foreach (var node in all.Where(static node => node.Parent is null).ToList())
            node.MoveBelow(root);
        return root;

        Node Find(long id) => byId.TryGetValue(id, out var node) ? node : byId[id] = New();

        Node New()
        {
            all.Add(new Node());
            return all[^1];
        }
    }

    static void Prune(Node node, bool isRoot)
    {
        foreach (var child in node.Children.ToList())
        {
            Prune(child, isRoot: false);
            if (child.Message is not null || (isRoot && child.Children.Count > 1))
                continue;
            foreach (var grandchild in child.Children.ToList())
                grandchild.MoveBelow(node);
            child.MoveBelow(null);
        }
    }

    // (5)
    static void Gather(Node root)
    {
        var table = new Dictionary<string, Node>();
        foreach (var child in root.Children)
        {
            var subject = Subject(child);
            if (subject.Length == 0)
                continue;
            if (!table.TryGetValue(subject, out var found))
                table.Add(subject, child);
            else if (found.Message is not null && (child.Message is null || (found.IsReply && !child.IsReply)))
                table[subject] = child;
        }

        foreach (var child in root.Children.ToList())
        {
            var subject = Subject(child);
            if (subject.Length == 0 || table[subject] == child)
                continue;
            var found = table[subject];
            if (found.Message is null && child.Message is null)
            {
                foreach (var grandchild in child.Children.ToList())
                    grandchild.MoveBelow(found);
                child.MoveBelow(null);
            }
            else if (found.Message is null || (child.IsReply && !found.IsReply))
            {
                child.MoveBelow(found);
            }
            else
            {
                var dummy = new Node();
                dummy.MoveBelow(root);
                child.MoveBelow(dummy);
                found.MoveBelow(dummy);
                table[subject] = dummy;
            }
        }
    }

    // (6)
    static void SortAll(Node node)
    {
        node.Children.ForEach(SortAll);
        Sort(node);
    }

    static void Sort(Node node)
    {
        var sorted = node.Children.OrderBy(static child => Shown(child).SentDate).ThenBy(static child => Shown(child).Uid.Value).ToList();
        node.Children.Clear();
        node.Children.AddRange(sorted);
    }

    static string Subject(Node node) => Shown(node).BaseSubject;

    static ThreadCandidate Shown(Node node) => node.Message ?? node.Children[0].Message!.Value;

    static string Text(Node node)
    {
        var below = node.Children.Count == 1 ? Text(node.Children[0]) : string.Concat(node.Children.Select(static child => $"({Text(child)})"));
        return node.Message is { } message ? $"{message.Uid}{(below.Length > 0 ? " " : "")}{below}" : below;
    }

    sealed class Node
    {
        public ThreadCandidate? Message { get; set; }

        public Node? Parent { get; private set; }

        public List<Node> Children { get; } = [];

        public bool IsReply => Message is { IsReply: true };

        public void MoveBelow(Node? parent)
        {
            // Not where that would make a loop.
            for (var above = parent; above is not null; above = above.Parent)
                if (above == this)
                    return;
            Parent?.Children.Remove(this);
            Parent = parent;
            parent?.Children.Add(this);
        }
    }
}
