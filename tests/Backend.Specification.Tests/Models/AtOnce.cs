namespace Backend.Specification.Tests.Models;

/// <summary>
/// What sessions did at once on a store must be what they could have done one after the other on the reference: there is an order, in which
/// each session keeps its own, with the same answers and the same end.
/// </summary>
sealed class AtOnce(SessionStep[] inTurn, SessionStep[] atOnce, Func<Task<Side>> startReference)
{
    /// <summary>Each session's steps and what the store answered.</summary>
    readonly List<(SessionStep Step, Answer Answer)[]> sessions = [];

    string end = "";

    /// <summary>Does the steps on a store.</summary>
    /// <returns>How no order explains what came of them; null when one does.</returns>
    public async Task<string?> RunAsync(Side store)
    {
        if (await new Lockstep(await startReference(), store).DoAsync(inTurn, static _ => { }) is { } disagreement)
            return disagreement;

        store.IsInTurn = false;
        var running = atOnce.GroupBy(static step => step.Session).Select(steps => Task.Run(() => DoAsync(store, [.. steps])));
        sessions.AddRange(await Task.WhenAll(running.ToList()));
        store.IsInTurn = true;
        end = await store.TellAllAsync();
        return await IsExplainedAsync() ? null : Describe();
    }

    static async Task<(SessionStep Step, Answer Answer)[]> DoAsync(Side store, SessionStep[] steps)
    {
        var answers = new (SessionStep, Answer)[steps.Length];
        for (var i = 0; i < steps.Length; i++)
            answers[i] = (steps[i], await store.RunAsync(steps[i]));
        return answers;
    }

    async Task<bool> IsExplainedAsync()
    {
        // Orders are tried from their beginning: one whose last answer is another is not gone on with.
        var open = new Stack<ImmutableArray<int>>([[]]);
        while (open.TryPop(out var order))
        {
            if (await FitsAsync(order) is not { } reference)
                continue;
            if (order.Length == atOnce.Length && await reference.TellAllAsync() == end)
                return true;
            for (var session = 0; session < sessions.Count; session++)
                if (order.Count(each => each == session) < sessions[session].Length)
                    open.Push(order.Add(session));
        }

        return false;
    }

    /// <summary>Does the steps in an order of the sessions on the reference, and gives it when it answers the same.</summary>
    async Task<Side?> FitsAsync(ImmutableArray<int> order)
    {
        var reference = await startReference();
        foreach (var step in inTurn)
            await reference.RunAsync(step);
        reference.IsInTurn = false;
        var next = new int[sessions.Count];
        foreach (var session in order)
        {
            var (step, answer) = sessions[session][next[session]++];
            if (!answer.Agrees(await reference.RunAsync(step)))
                return null;
        }

        reference.IsInTurn = true;
        return reference;
    }

    string Describe()
    {
        var text = new StringBuilder("After\n");
        foreach (var step in inTurn)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {step}");
        text.AppendLine("at once");
        foreach (var (step, answer) in sessions.SelectMany(static session => session))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {step}\n      {answer}");
        return text.Append("which no order explains. There is now\n").Append(end).ToString();
    }
}
