using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Backend.Postgres.Tests;

/// <summary>Keeps the lines of a log from information upwards.</summary>
sealed class RecordingLog : ILoggerProvider, ILogger
{
    readonly ConcurrentQueue<(LogLevel Level, int Id, string Text)> lines = new();

    /// <summary>The lines of one kind, by the number of their event.</summary>
    public IReadOnlyList<string> Of(int id) => [.. lines.Where(line => line.Id == id).Select(static line => $"{line.Level}: {line.Text}")];

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            lines.Enqueue((logLevel, eventId.Id, formatter(state, exception)));
    }

    public void Dispose()
    {
    }
}
