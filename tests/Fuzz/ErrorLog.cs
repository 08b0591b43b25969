using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Fuzz.Tests;

/// <summary>Keeps what is logged as an error: what nobody should have made the server say.</summary>
sealed class ErrorLog : ILoggerProvider, ILogger
{
    readonly ConcurrentQueue<string> errors = new();

    /// <summary>What came since the last time.</summary>
    public IReadOnlyList<string> Take()
    {
        var taken = new List<string>();
        while (errors.TryDequeue(out var error))
            taken.Add(error);
        return taken;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            errors.Enqueue($"{formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
