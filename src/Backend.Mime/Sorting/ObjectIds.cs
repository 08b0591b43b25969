namespace Backend.Mime.Sorting;

/// <summary>
/// The identifiers that clients see of messages and threads: a letter and hexadecimal digits, so that none looks like a number or differs
/// from another by case only. RFC 8474 §7, §8.1.
/// </summary>
public static class ObjectIds
{
    /// <summary>The EMAILID of a content, which all copies of a message share. RFC 8474 §5.1.</summary>
    /// <param name="owner">Whose store it is in.</param>
    /// <param name="content">The content, by a number that is never used again there.</param>
    public static string Email(int owner, long content) => string.Create(CultureInfo.InvariantCulture, $"E{owner:x}-{content:x}");

    /// <summary>The content that an EMAILID of this owner names.</summary>
    public static bool TryParseEmail(string id, int owner, out long content)
    {
        content = 0;
        var dash = id.IndexOf('-', StringComparison.Ordinal);
        return dash >= 0 && long.TryParse(id.AsSpan(dash + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out content) && id == Email(owner, content);
    }

    /// <summary>The number of a message's thread: of what its messages have in common, else of the message alone. Never changes. RFC 8474 §5.2.</summary>
    /// <param name="values">What it is threaded by.</param>
    /// <param name="emailId">Its EMAILID.</param>
    public static long ThreadOf(SortValues values, string emailId) =>
        (values.ThreadRoot ?? MessageIds.Digest(Encoding.ASCII.GetBytes(emailId))) & long.MaxValue;

    /// <summary>The THREADID of a thread's number. RFC 8474 §5.2.</summary>
    public static string Thread(long number) => string.Create(CultureInfo.InvariantCulture, $"T{number:x16}");

    /// <summary>The number that a THREADID stands for.</summary>
    public static bool TryParseThread(string id, out long number)
    {
        number = 0;
        return id.Length > 0 && long.TryParse(id.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number) && id == Thread(number);
    }
}
