namespace Backend.Specification.Tests.Models;

/// <summary>Does every step on the reference and on a store, which must answer the same each time and be the same in the end.</summary>
sealed class Lockstep(Side reference, Side store)
{
    /// <summary>Does these steps.</summary>
    /// <returns>How the two disagree; null when they do not.</returns>
    public async Task<string?> RunAsync(IReadOnlyCollection<SessionStep> steps, Action<TimeSpan> wait)
    {
        if (await DoAsync(steps, wait) is { } disagreement)
            return disagreement;
        var (all, found) = (await reference.TellAllAsync(), await store.TellAllAsync());
        return found == all ? null : $"After\n  {string.Join("\n  ", steps)}\nthere is in the reference\n{all}and in the store\n{found}";
    }

    /// <summary>Does these steps and does not look at what there is in the end.</summary>
    public async Task<string?> DoAsync(IReadOnlyCollection<SessionStep> steps, Action<TimeSpan> wait)
    {
        var done = new StringBuilder();
        foreach (var step in steps)
        {
            if (step.Act is Act.Wait waiting)
                wait(waiting.Time);
            var (expected, answer) = (await reference.RunAsync(step), await store.RunAsync(step));
            done.AppendLine(CultureInfo.InvariantCulture, $"  {step}");
            if (!answer.Agrees(expected))
                return $"After\n{done}the reference says\n  {expected}\nand the store\n  {answer}";
        }

        return null;
    }
}
