namespace Backend.Abstractions.Fetch;

/// <summary>The data items of a message that have one value each. RFC 9051 §6.4.5; RFC 3501 §6.4.5.</summary>
[Flags]
public enum FetchAttributes
{
    /// <summary>Only the UID, which every answer has.</summary>
    None = 0,

    /// <summary>FLAGS.</summary>
    Flags = 1 << 0,

    /// <summary>INTERNALDATE.</summary>
    InternalDate = 1 << 1,

    /// <summary>RFC822.SIZE.</summary>
    Size = 1 << 2,

    /// <summary>ENVELOPE.</summary>
    Envelope = 1 << 3,

    /// <summary>BODYSTRUCTURE, and BODY, which is the same without extension data.</summary>
    BodyStructure = 1 << 4,

    /// <summary>MODSEQ. RFC 7162 §3.1.5.</summary>
    ModSeq = 1 << 5,

    /// <summary>SAVEDATE, of an <see cref="ISaveDateMailbox"/>. RFC 8514 §4.2.</summary>
    SaveDate = 1 << 6,

    /// <summary>PREVIEW, of an <see cref="IPreviewMailbox"/>. RFC 8970 §3.</summary>
    Preview = 1 << 7,

    /// <summary>EMAILID. RFC 8474 §5.1.</summary>
    EmailId = 1 << 8,

    /// <summary>THREADID. RFC 8474 §5.2.</summary>
    ThreadId = 1 << 9,
}
