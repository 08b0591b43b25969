using Spectre.Console;

namespace MailStore.Commands;

/// <summary>Shows how far some work has come: a bar on a terminal, else a line now and then.</summary>
/// <param name="terminal">Where.</param>
/// <param name="clock">Says how often.</param>
/// <param name="part">How much of it is done, from 0 to 1.</param>
/// <param name="describe">What is done, in a few words.</param>
sealed class ProgressDisplay(Terminal terminal, TimeProvider clock, Func<double> part, Func<string> describe)
{
    static readonly TimeSpan BarInterval = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    /// <summary>Does the work and shows it meanwhile.</summary>
    public async Task RunAsync(Func<Task> work)
    {
        if (!terminal.IsOutputTerminal)
        {
            await WatchAsync(work(), LineInterval, () => terminal.Output.WriteLine(describe()));
            return;
        }

        var progress = terminal.Console.Progress().HideCompleted(false).AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left });
        await progress.StartAsync(async display =>
        {
            var bar = display.AddTask(Markup.Escape(describe()), maxValue: 1);
            await WatchAsync(work(), BarInterval, () => bar.Value(Math.Min(part(), 1)).Description(Markup.Escape(describe())));
        });
    }

    async Task WatchAsync(Task work, TimeSpan interval, Action show)
    {
        while (await Task.WhenAny(work, Task.Delay(interval, clock, CancellationToken.None)) != work)
            show();
        await work;
    }
}
