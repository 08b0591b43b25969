namespace MailStore.Import;

/// <summary>Something that was not imported.</summary>
/// <param name="File">The file it is in.</param>
/// <param name="Number">The message's number in the file; null when it is the whole file.</param>
/// <param name="Reason">Why, in a sentence.</param>
sealed record Refusal(string File, int? Number, string Reason)
{
    /// <summary>Where it is.</summary>
    public string Place => Number is { } number ? $"{File}, message {number}" : File;
}
