namespace Backend.Mime.Threading;

/// <summary>
/// Which message answers which: trees that links are added to and taken from, and that can be asked for a node's root in logarithmic time on
/// the average, however deep they are and whatever order the links come in (link-cut trees after Sleator and Tarjan).
/// </summary>
sealed class ReferenceForest
{
    const int None = -1;

    readonly List<int> parents = [];
    readonly List<int> children = [];

    // Each path of a tree is a splay tree by depth; what it hangs from is its root's "up".
    readonly List<int> up = [];
    readonly List<int> left = [];
    readonly List<int> right = [];

    /// <summary>How many nodes there are.</summary>
    public int Count => parents.Count;

    /// <summary>Adds a node that is linked to none.</summary>
    public int Add()
    {
        parents.Add(None);
        children.Add(0);
        up.Add(None);
        left.Add(None);
        right.Add(None);
        return Count - 1;
    }

    /// <summary>A node's parent, or -1.</summary>
    public int ParentOf(int node) => parents[node];

    /// <summary>Makes one node the parent of another that has none, unless it is below that already.</summary>
    public void TryLink(int parent, int child)
    {
        if (parent == child || (children[child] > 0 && RootOf(parent) == child))
            return;
        parents[child] = parent;
        children[parent]++;
        Access(child);
        up[child] = parent;
    }

    /// <summary>Takes a node from its parent.</summary>
    public void Cut(int child)
    {
        children[parents[child]]--;
        parents[child] = None;
        Access(child);
        up[left[child]] = None;
        left[child] = None;
    }

    int RootOf(int node)
    {
        Access(node);
        while (left[node] != None)
            node = left[node];
        Splay(node);
        return node;
    }

    /// <summary>Makes the path from the root to a node one splay tree, with the node as its root and nothing below it.</summary>
    void Access(int node)
    {
        var below = None;
        for (var each = node; each != None; each = up[each])
        {
            Splay(each);
            right[each] = below;
            below = each;
        }

        Splay(node);
    }

    void Splay(int node)
    {
        while (!IsTop(node))
        {
            var parent = up[node];
            if (!IsTop(parent))
                Rotate((left[parent] == node) == (left[up[parent]] == parent) ? parent : node);
            Rotate(node);
        }
    }

    void Rotate(int node)
    {
        var (parent, isLeft) = (up[node], left[up[node]] == node);
        var above = up[parent];
        if (!IsTop(parent))
            (left[above] == parent ? left : right)[above] = node;
        var inner = isLeft ? right[node] : left[node];
        (isLeft ? left : right)[parent] = inner;
        (isLeft ? right : left)[node] = parent;
        if (inner != None)
            up[inner] = parent;
        (up[parent], up[node]) = (node, above);
    }

    bool IsTop(int node) => up[node] is var above && (above == None || (left[above] != node && right[above] != node));
}
