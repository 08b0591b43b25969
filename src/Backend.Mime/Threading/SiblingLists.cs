namespace Backend.Mime.Threading;

/// <summary>A forest: to each node the list of those below it, in the order in which they were added.</summary>
sealed class SiblingLists
{
    const int None = -1;

    readonly int[] first;
    readonly int[] last;
    readonly int[] next;

    /// <summary>A forest of so many nodes, none of which is anywhere yet.</summary>
    public SiblingLists(int nodes)
    {
        // The last place is that of the root, which all trees are below.
        (first, last, next) = (new int[nodes + 1], new int[nodes + 1], new int[nodes]);
        Array.Fill(first, None);
        Array.Fill(last, None);
        Array.Fill(next, None);
    }

    /// <summary>The first tree's node, or -1.</summary>
    public int First => first[^1];

    /// <summary>The first node below another, or -1.</summary>
    public int FirstBelow(int node) => first[node];

    /// <summary>The node that follows among its siblings, or -1.</summary>
    public int NextOf(int node) => next[node];

    /// <summary>Adds a tree.</summary>
    public void Add(int node) => AddBelow(first.Length - 1, node);

    /// <summary>Adds a node below another.</summary>
    public void AddBelow(int parent, int node)
    {
        if (first[parent] == None)
            first[parent] = node;
        else
            next[last[parent]] = node;
        last[parent] = node;
    }
}
