namespace MailStore.Commands;

/// <summary>What the program ends with; scripts rely on it.</summary>
static class ExitCode
{
    /// <summary>All was done.</summary>
    public const int Success = 0;

    /// <summary>It could not be done; standard error says why.</summary>
    public const int Failure = 1;

    /// <summary>The command line or the configuration is wrong; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>An import was done, but for what its summary lists as refused.</summary>
    public const int PartlyRefused = 3;

    /// <summary>Stopped by Ctrl+C or a signal.</summary>
    public const int Interrupted = 130;
}
