namespace Imap.Server.Wire;

/// <summary>In which form a client takes what it is told, and writes names: each takes what the ones before it took. It only rises.</summary>
enum ImapForm
{
    /// <summary>RFC 3501: ASCII, and names in modified UTF-7.</summary>
    Rev1,

    /// <summary>RFC 3501 with UTF-8 in quoted strings and names. RFC 6855 §3.</summary>
    Utf8,

    /// <summary>RFC 9051.</summary>
    Rev2,
}
