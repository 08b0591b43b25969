namespace Backend.Abstractions.Fetch;

/// <summary>
/// What <see cref="IMailbox.ListMessagesAsync"/> is to tell of each message. RFC 9051 §6.4.5. Whether a section is asked for with
/// .PEEK is not said here: <see cref="IMailbox.ListMessagesAsync"/> changes nothing, and a front end that has to set \Seen does so by
/// <see cref="IMailbox.UpdateMessagesFlagsAsync"/>.
/// </summary>
public sealed record FetchItems
{
    /// <summary>Only the UID.</summary>
    public static FetchItems UidOnly { get; } = new();

    /// <summary>Only the UID and the flags.</summary>
    public static FetchItems FlagsOnly { get; } = new() { Attributes = FetchAttributes.Flags };

    /// <summary>The whole message, as it was appended.</summary>
    public static FetchItems WholeBody { get; } = new() { Sections = [new SectionItem(Section.Whole)] };

    /// <summary>The items with one value each.</summary>
    public FetchAttributes Attributes { get; init; }

    /// <summary>The sections, answered in this order.</summary>
    public ImmutableArray<SectionItem> Sections { get; init; } = [];
}
