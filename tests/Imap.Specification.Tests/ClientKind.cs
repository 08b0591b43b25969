namespace Imap.Specification.Tests;

/// <summary>What a client enables.</summary>
public enum ClientKind
{
    /// <summary>Nothing: IMAP4rev1.</summary>
    Plain,

    /// <summary>CONDSTORE.</summary>
    Condstore,

    /// <summary>QRESYNC.</summary>
    Qresync,

    /// <summary>IMAP4rev2.</summary>
    Rev2,
}
