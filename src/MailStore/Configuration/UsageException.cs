namespace MailStore.Configuration;

/// <summary>The command line or the configuration is wrong; the message says what, and what would be right.</summary>
sealed class UsageException(string message) : Exception(message);
