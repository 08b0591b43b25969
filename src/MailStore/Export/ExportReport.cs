namespace MailStore.Export;

/// <summary>How an export stands.</summary>
sealed class ExportReport
{
    /// <summary>How many messages there were at the start.</summary>
    public long Expected { get; set; }

    /// <summary>How many mailboxes were written.</summary>
    public int Mailboxes { get; set; }

    /// <summary>How many messages were written.</summary>
    public long Messages { get; set; }

    /// <summary>Their octets in the store.</summary>
    public long Octets { get; set; }
}
