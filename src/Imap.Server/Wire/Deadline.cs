namespace Imap.Server.Wire;

/// <summary>One timer that can be started and stopped again and again, and calls back when nobody stopped it in time.</summary>
sealed class Deadline : IDisposable
{
    const int Stopped = 0;
    const int Running = 1;
    const int Passed = 2;

    readonly TimeProvider time;
    readonly Action onPassed;
    readonly ITimer timer;
    TimeSpan patience;
    long start;
    int state;

    public Deadline(TimeProvider time, Action onPassed)
    {
        this.time = time;
        this.onPassed = onPassed;
        timer = time.CreateTimer(static self => ((Deadline)self!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins to wait.</summary>
    public void Start(TimeSpan wait)
    {
        patience = wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
        start = time.GetTimestamp();
        Volatile.Write(ref state, Running);
        timer.Change(patience, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends waiting.</summary>
    /// <returns>Whether the time had passed.</returns>
    public bool Stop()
    {
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return Interlocked.Exchange(ref state, Stopped) == Passed;
    }

    public void Dispose() => timer.Dispose();

    void Fire()
    {
        // A call that comes late from an earlier wait must not end this one.
        if (time.GetElapsedTime(start) < patience - TimeSpan.FromMilliseconds(20))
            return;
        if (Interlocked.CompareExchange(ref state, Passed, Running) == Running)
            onPassed();
    }
}
