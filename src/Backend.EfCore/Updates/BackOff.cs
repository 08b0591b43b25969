using System.Security.Cryptography;

namespace Backend.EfCore.Updates;

/// <summary>How long to wait from one attempt to the next: the first time hardly, then longer and longer, and not all processes equally long.</summary>
sealed class BackOff(TimeProvider clock)
{
    const int FirstMilliseconds = 50;
    const int MaxMilliseconds = 10_000;

    readonly long started = clock.GetTimestamp();

    /// <summary>How many attempts have failed.</summary>
    public int Failures { get; private set; }

    /// <summary>How long it has been since the first.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(started);

    /// <summary>Waits, after an attempt failed.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var most = Math.Min(MaxMilliseconds, FirstMilliseconds << Math.Min(Failures++, 8));
        return Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(most / 2, most)), clock, cancellationToken);
    }
}
