using Microsoft.Extensions.Logging;

namespace Backend.EfCore.Diagnostics;

/// <summary>Every log line of the store.</summary>
static partial class LogMessages
{
    [LoggerMessage(1001, LogLevel.Information, "A group of {Count} writes failed and is run again one by one.")]
    public static partial void GroupFailed(this ILogger logger, int count, Exception exception);

    [LoggerMessage(1002, LogLevel.Debug, "A transaction lost against another and is run again (attempt {Attempt}).")]
    public static partial void TransactionRetried(this ILogger logger, int attempt, Exception exception);

    [LoggerMessage(1006, LogLevel.Debug, "A connection to the database broke; what was read on it is read again (attempt {Attempt}).")]
    public static partial void ConnectionBroken(this ILogger logger, int attempt, Exception exception);

    [LoggerMessage(1003, LogLevel.Error, "The database failed.")]
    public static partial void DatabaseFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1004, LogLevel.Debug, "The sweep removed {Count} contents of user {UserId} that no message refers to.")]
    public static partial void ContentsSwept(this ILogger logger, int count, int userId);

    [LoggerMessage(1005, LogLevel.Error, "The sweep of unused contents failed; it is tried again later.")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1020, LogLevel.Warning, "What other processes change is heard of only at each session's next command, until the connection for it is back: {Reason}")]
    public static partial void ListeningFailed(this ILogger logger, string reason);

    [LoggerMessage(1021, LogLevel.Information, "What other processes change is heard of at once again, after {Outage}.")]
    public static partial void ListeningAgain(this ILogger logger, TimeSpan outage);

    [LoggerMessage(1022, LogLevel.Warning, "Other processes cannot be told of changes, until the connection for it is back: {Reason}")]
    public static partial void SendingFailed(this ILogger logger, string reason);

    [LoggerMessage(1023, LogLevel.Information, "Other processes are told of changes again, after {Outage}.")]
    public static partial void SendingAgain(this ILogger logger, TimeSpan outage);

    [LoggerMessage(1010, LogLevel.Warning, "{Advice}")]
    public static partial void DatabaseAdvice(this ILogger logger, string advice);

    [LoggerMessage(1007, LogLevel.Debug, "{Count} texts of user {UserId} were put into the search index.")]
    public static partial void TextsIndexed(this ILogger logger, int count, int userId);

    [LoggerMessage(1008, LogLevel.Error, "Filling the search index failed; it is tried again later. Until then searches look at the messages that wait for it.")]
    public static partial void IndexingFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1009, LogLevel.Warning, "There is no search index, so searches look at every message: {Reason}")]
    public static partial void IndexMissing(this ILogger logger, string reason);
}
