namespace MailStore.Import;

/// <summary>A message as it was found in a file.</summary>
sealed class SourceMessage : IAsyncDisposable
{
    /// <summary>The file it is in.</summary>
    public required string File { get; init; }

    /// <summary>Its number in the file, from 1; null when it is the whole file.</summary>
    public int? Number { get; init; }

    /// <summary>Its octets.</summary>
    public required MessageSpool Content { get; init; }

    /// <summary>The flags that the source has for it.</summary>
    public FlagSet Flags { get; init; } = FlagSet.Empty;

    /// <summary>When it arrived, where the source says so.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
