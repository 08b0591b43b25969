using System.Net;

namespace Imap.Server.Diagnostics;

/// <summary>Every line that the server logs.</summary>
static partial class LogMessages
{
    [LoggerMessage(1001, LogLevel.Debug, "Connection from {Remote}")]
    public static partial void Connected(this ILogger logger, EndPoint? remote);

    [LoggerMessage(1002, LogLevel.Debug, "Connection ended: {Reason}")]
    public static partial void Ended(this ILogger logger, string reason);

    [LoggerMessage(1003, LogLevel.Warning, "Connection from {Remote} refused: {Limit} are open")]
    public static partial void Refused(this ILogger logger, EndPoint? remote, int limit);

    [LoggerMessage(1004, LogLevel.Information, "{Username} logged in from {Remote}")]
    public static partial void LoggedIn(this ILogger logger, string username, EndPoint? remote);

    [LoggerMessage(1005, LogLevel.Information, "Login failed from {Remote}")]
    public static partial void LoginFailed(this ILogger logger, EndPoint? remote);

    [LoggerMessage(1006, LogLevel.Debug, "Looking for changes failed")]
    public static partial void PollFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1007, LogLevel.Error, "{Command} failed")]
    public static partial void CommandFailed(this ILogger logger, Exception exception, string command);

    [LoggerMessage(1008, LogLevel.Warning, "{Command} could not be answered: the store is not available")]
    public static partial void StoreUnavailable(this ILogger logger, Exception exception, string command);

    [LoggerMessage(1009, LogLevel.Error, "The connection broke")]
    public static partial void Broke(this ILogger logger, Exception exception);

    [LoggerMessage(1011, LogLevel.Warning, "The answer about the message of UID {Uid} could not be finished")]
    public static partial void CutOff(this ILogger logger, Exception exception, uint uid);

    [LoggerMessage(1012, LogLevel.Information, "TLS certificate read from {Path}: SHA-256 {Fingerprint}, good until {Expires:u}")]
    public static partial void CertificateRead(this ILogger logger, string path, string fingerprint, DateTimeOffset expires);

    [LoggerMessage(1013, LogLevel.Warning, "The TLS certificate in {Path} has changed and cannot be used; the one before it stays in use")]
    public static partial void CertificateUnreadable(this ILogger logger, Exception exception, string path);

    [LoggerMessage(1014, LogLevel.Warning, "There is no TLS certificate: one for this machine alone has been made, which clients have to be told to trust. SHA-256 {Fingerprint}")]
    public static partial void DevelopmentCertificate(this ILogger logger, string fingerprint);

    [LoggerMessage(1015, LogLevel.Warning, "The keys for tokens cannot be had from {Place}; those from before stay in use")]
    public static partial void KeysUnavailable(this ILogger logger, Exception exception, string place);

    [LoggerMessage(1016, LogLevel.Information, "A token was refused: {Reason}")]
    public static partial void TokenRefused(this ILogger logger, string reason);

    [LoggerMessage(1010, LogLevel.Debug, "The client is {Client}")]
    public static partial void Identified(this ILogger logger, string client);
}
