using MailStore.Configuration;
using Microsoft.Extensions.Logging;

namespace MailStore.Diagnostics;

/// <summary>What the program itself logs.</summary>
static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Information, "Applied the migration {Migration}.")]
    public static partial void MigrationApplied(this ILogger logger, string migration);

    [LoggerMessage(2, LogLevel.Information, "Listening on {Address} ({Protocol}).")]
    public static partial void Listening(this ILogger logger, string address, string protocol);

    [LoggerMessage(3, LogLevel.Warning, "{Address} can be reached from other machines, and passwords and mail travel there unencrypted.")]
    public static partial void ListeningWithoutEncryption(this ILogger logger, ListenAddress address);

    [LoggerMessage(6, LogLevel.Warning, "{Address} can be reached from other machines, and nobody there can log in: there is no TLS certificate. Say --tls-certificate, or set MailStore:Imap:PlaintextLogins where the network is trusted.")]
    public static partial void ListeningForNobody(this ILogger logger, ListenAddress address);

    [LoggerMessage(5, LogLevel.Warning, "{Advice}")]
    public static partial void DatabaseAdvice(this ILogger logger, string advice);

    [LoggerMessage(4, LogLevel.Information, "Stopped.")]
    public static partial void Stopped(this ILogger logger);
}
