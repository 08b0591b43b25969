namespace Backend.EfCore.Updates;

/// <summary>
/// Publishes a user's updates in the order of their commits, though transactions end side by side. A transaction takes its turn while it
/// still holds its locks, so of two that change the same mailbox the first to commit has the first turn. Thread-safe.
/// </summary>
sealed class CommitOrder(Action<IReadOnlyList<Update>> publish)
{
    readonly Lock gate = new();
    readonly Dictionary<string, Queue<Turn>> lines = new(StringComparer.Ordinal);

    /// <summary>Takes a turn for a transaction that is about to be committed. It must be ended, whatever happens.</summary>
    public Turn Take(IReadOnlyList<Update> updates)
    {
        var turn = new Turn(updates);
        lock (gate)
            foreach (var line in turn.Lines)
            {
                if (!lines.TryGetValue(line, out var waiting))
                    lines.Add(line, waiting = new Queue<Turn>());
                waiting.Enqueue(turn);
            }

        return turn;
    }

    /// <summary>Publishes the turn's updates after all before them, or lets them go when the transaction was not committed.</summary>
    /// <returns>Completes when those of a committed transaction are published.</returns>
    public Task EndAsync(Turn turn, bool isCommitted)
    {
        lock (gate)
        {
            (turn.IsEnded, turn.IsCommitted) = (true, isCommitted);
            foreach (var line in turn.Lines)
                Advance(line, lines[line]);
        }

        return turn.Published;
    }

    void Advance(string line, Queue<Turn> waiting)
    {
        while (waiting.TryPeek(out var first) && first.IsEnded)
        {
            waiting.Dequeue();
            if (first.IsCommitted)
                publish(first.Of(line));
            first.LeaveLine();
        }

        if (waiting.Count == 0)
            lines.Remove(line);
    }

    /// <summary>A transaction's place in the lines of the users whose mailboxes it changed.</summary>
    public sealed class Turn(IReadOnlyList<Update> updates)
    {
        readonly TaskCompletionSource published = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int left;

        public IReadOnlyList<string> Lines { get; } = [.. updates.Select(LineOf).Distinct(StringComparer.Ordinal)];

        public Task Published => Lines.Count == 0 ? Task.CompletedTask : published.Task;

        public bool IsEnded { get; set; }

        public bool IsCommitted { get; set; }

        public IReadOnlyList<Update> Of(string line) => [.. updates.Where(update => LineOf(update) == line)];

        public void LeaveLine()
        {
            if (++left == Lines.Count)
                published.SetResult();
        }

        // Updates for all users are in a line of their own.
        static string LineOf(Update update) => update.Username ?? "";
    }
}
