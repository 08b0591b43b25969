namespace Imap.Server.Logins;

/// <summary>
/// How often things happened lately: those of the running stretch of time, and of the one before it the part that is still recent. It knows a
/// bounded number of things. Thread-safe.
/// </summary>
sealed class SlidingWindow(TimeProvider time, TimeSpan length, int capacity)
{
    readonly Lock gate = new();
    readonly Dictionary<string, Stretch> stretches = new(StringComparer.Ordinal);

    /// <summary>How often it happened within the time that just went by.</summary>
    public double Count(string key)
    {
        lock (gate)
            return stretches.TryGetValue(key, out var stretch) ? Weigh(Roll(stretch)) : 0;
    }

    /// <summary>It happened once more.</summary>
    /// <returns>As <see cref="Count"/>.</returns>
    public double Add(string key)
    {
        lock (gate)
        {
            if (stretches.Count >= capacity && !stretches.ContainsKey(key))
                MakeRoom();
            var stretch = Roll(stretches.GetValueOrDefault(key, new Stretch(time.GetTimestamp(), 0, 0)));
            stretch = stretch with { Current = stretch.Current + 1 };
            stretches[key] = stretch;
            return Weigh(stretch);
        }
    }

    /// <summary>It is forgotten.</summary>
    public void Forget(string key)
    {
        lock (gate)
            stretches.Remove(key);
    }

    double Weigh(Stretch stretch) => stretch.Current + (stretch.Previous * Math.Max(0, 1 - (time.GetElapsedTime(stretch.Start) / length)));

    Stretch Roll(Stretch stretch)
    {
        var gone = time.GetElapsedTime(stretch.Start) / length;
        return gone < 1 ? stretch
            : gone < 2 ? new Stretch(stretch.Start + (long)(length.TotalSeconds * time.TimestampFrequency), 0, stretch.Current)
            : new Stretch(time.GetTimestamp(), 0, 0);
    }

    // What is over goes first; where all is recent, somebody tries to fill the memory, and half of it goes.
    void MakeRoom()
    {
        foreach (var (key, stretch) in stretches.ToList())
            if (Weigh(Roll(stretch)) == 0)
                stretches.Remove(key);
        if (stretches.Count >= capacity)
            foreach (var key in stretches.Keys.Take((capacity / 2) + 1).ToList())
                stretches.Remove(key);
    }

    readonly record struct Stretch(long Start, int Current, int Previous);
}
