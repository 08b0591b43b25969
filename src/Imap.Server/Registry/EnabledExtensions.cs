using Imap.Server.Wire;

namespace Imap.Server.Registry;

/// <summary>What is enabled in a session. It only grows: nothing can be disabled. RFC 5161 §3.1.</summary>
sealed class EnabledExtensions
{
    readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The form in which the client takes what it is told.</summary>
    public ImapForm Form { get; private set; }

    /// <summary>Whether the client takes UTF-8, and writes names in it. RFC 9051 §5.1; RFC 6855 §3.</summary>
    public bool SpeaksUtf8 => Form >= ImapForm.Utf8;

    /// <summary>Whether the client speaks IMAP4rev2. RFC 9051 Appendix A.</summary>
    public bool IsRev2 => Form == ImapForm.Rev2;

    /// <summary>Whether strings of a search are UTF-8 and CHARSET has no place. RFC 6855 §3.</summary>
    public bool FixesCharset { get; private set; }

    /// <summary>Whether it is enabled.</summary>
    /// <param name="name">A capability, in any case.</param>
    public bool Contains(string name) => names.Contains(name);

    /// <summary>Adds one, without what comes with it. False when it is there already.</summary>
    public bool Add(Enablable enablable)
    {
        Form = enablable.Form > Form ? enablable.Form : Form;
        FixesCharset |= enablable.FixesCharset;
        return names.Add(enablable.Name);
    }
}
