namespace Backend.Specification.Tests.Fixtures;

/// <summary>
/// A clock that tells the time that a test sets. Its timers run in real time, so that nothing in a store that waits (a batch, a
/// retry) waits for a test that does not know of it.
/// </summary>
public sealed class TestClock : TimeProvider
{
    long ticks = new DateTimeOffset(2024, 2, 29, 12, 34, 56, TimeSpan.Zero).UtcTicks;

    /// <summary>What <see cref="GetUtcNow"/> answers.</summary>
    public DateTimeOffset Now
    {
        get => new(Interlocked.Read(ref ticks), TimeSpan.Zero);
        set => Interlocked.Exchange(ref ticks, value.UtcTicks);
    }

    public override DateTimeOffset GetUtcNow() => Now;

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan time) => Interlocked.Add(ref ticks, time.Ticks);
}
