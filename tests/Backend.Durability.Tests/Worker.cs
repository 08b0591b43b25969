using System.Diagnostics;

namespace Backend.Durability.Tests;

/// <summary>The worker as a process of its own, and what it said so far.</summary>
sealed class Worker : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly Process process;
    readonly List<string> lines = [];
    readonly TaskCompletionSource outputEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Task<string> error;

    Worker(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts one.</summary>
    public static Worker Start(string provider, string connectionString, string username, string run, int firstSession, int sessions) => new(new Process
    {
        StartInfo = new ProcessStartInfo(Dotnet(), [Path.Combine(AppContext.BaseDirectory, "Backend.Durability.Worker.dll"), provider, connectionString, username, run, $"{firstSession}", $"{sessions}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        },
    });

    /// <summary>The lines up to now.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines)
                return [.. lines];
        }
    }

    /// <summary>Waits until it has said so many lines.</summary>
    public async Task WaitForAsync(int count)
    {
        for (var started = Stopwatch.GetTimestamp(); Lines.Count < count;)
        {
            if (process.HasExited)
                Assert.Fail($"The worker ended: {await error}");
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "The worker says nothing.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Kills it as kill -9 does.</summary>
    /// <returns>All that it said.</returns>
    public async Task<IReadOnlyList<string>> KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync().WaitAsync(Patience);
        await outputEnd.Task.WaitAsync(Patience);
        return Lines;
    }

    /// <summary>Lets it finish.</summary>
    /// <returns>All that it said.</returns>
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        await outputEnd.Task.WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, await error);
        return Lines;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    void Add(string? line)
    {
        if (line is null)
        {
            outputEnd.TrySetResult();
            return;
        }

        lock (lines)
            lines.Add(line);
    }

    // The one that runs this test: <root>/shared/Microsoft.NETCore.App/<version>/.
    static string Dotnet() => Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
}
