namespace Imap.Server.Registry;

/// <summary>What is enabled in a session. It only grows: nothing can be disabled. RFC 5161 §3.1.</summary>
sealed class EnabledExtensions
{
    readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the client takes UTF-8, and writes names in it. RFC 9051 §5.1; RFC 6855 §3.</summary>
    public bool SpeaksUtf8 { get; private set; }

    /// <summary>Whether it is enabled.</summary>
    /// <param name="name">A capability, in any case.</param>
    public bool Contains(string name) => names.Contains(name);

    /// <summary>Adds one, without what comes with it. False when it is there already.</summary>
    public bool Add(Enablable enablable)
    {
        SpeaksUtf8 |= enablable.SpeaksUtf8;
        return names.Add(enablable.Name);
    }
}
