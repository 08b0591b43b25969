using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MailKit.Net.Imap;

namespace MailStore.Tests.Support;

/// <summary>The program as a process of its own.</summary>
sealed partial class MailStoreProcess : IAsyncDisposable
{
    const string Status = "/proc/self/status";
    const int SigInt = 2;
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    readonly Process process;
    readonly StringBuilder output = new();
    readonly StringBuilder error = new();
    readonly TaskCompletionSource<int> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    MailStoreProcess(Process process) => this.process = process;

    /// <summary>False where this process was told to ignore SIGINT, as a shell tells what it starts in the background: then what it starts ignores it too.</summary>
    public static bool HearsInterrupts { get; } = !File.Exists(Status)
        || (ulong.Parse(File.ReadLines(Status).Single(static line => line.StartsWith("SigIgn:", StringComparison.Ordinal))[7..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1 << (SigInt - 1))) == 0;

    public string Output => Locked(output);

    public string Error => Locked(error);

    /// <summary>Starts it in a folder.</summary>
    public static MailStoreProcess Start(TemporaryFolder folder, params string[] args)
    {
        var start = new ProcessStartInfo(Dotnet(), [Path.Combine(AppContext.BaseDirectory, "mailstore.dll"), .. args])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var started = new MailStoreProcess(new Process { StartInfo = start });
        started.process.OutputDataReceived += (_, line) => started.Add(started.output, line.Data);
        started.process.ErrorDataReceived += (_, line) => started.Add(started.error, line.Data);
        started.process.Start();
        started.process.BeginOutputReadLine();
        started.process.BeginErrorReadLine();
        return started;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(TemporaryFolder folder, string input, params string[] args)
    {
        await using var program = Start(folder, args);
        await program.process.StandardInput.WriteAsync(input);
        program.process.StandardInput.Close();
        var exitCode = await program.WaitAsync();
        return (exitCode, program.Output, program.Error);
    }

    /// <summary>Waits until it listens.</summary>
    /// <returns>The port.</returns>
    public async Task<int> ListeningAsync()
    {
        var ended = process.WaitForExitAsync();
        if (await Task.WhenAny(listening.Task, ended).WaitAsync(Patience) == ended && !listening.Task.IsCompleted)
            Assert.Fail($"The program ended with {process.ExitCode}: {Error}");
        return await listening.Task;
    }

    /// <summary>Waits until it has written all of the text.</summary>
    public async Task<string> WaitForOutputAsync(string text)
    {
        var waited = Stopwatch.StartNew();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(waited.Elapsed < Patience, $"\"{text}\" was not written, but: {Output}{Error}");
            await Task.Delay(20);
        }

        return Output;
    }

    /// <summary>Signs in to it.</summary>
    public async Task<ImapClient> ConnectAsync(string username, string password)
    {
        var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", await ListeningAsync(), MailKit.Security.SecureSocketOptions.None);
        await client.AuthenticateAsync(username, password);
        return client;
    }

    /// <summary>Tells it to stop as a service manager does, and waits.</summary>
    public async Task<int> StopAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(null, null)]);
        await kill.WaitForExitAsync();
        return await WaitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    async Task<int> WaitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    void Add(StringBuilder text, string? line)
    {
        lock (text)
            text.AppendLine(line);
        if (line is not null && ListeningLine().Match(line) is { Success: true } match)
            listening.TrySetResult(int.Parse(match.Groups[1].ValueSpan, null));
    }

    static string Locked(StringBuilder text)
    {
        lock (text)
            return text.ToString().Trim();
    }

    // The one that runs this test: <root>/shared/Microsoft.NETCore.App/<version>/.
    static string Dotnet() => Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    [GeneratedRegex(@"Listening on 127\.0\.0\.1:(\d+)")]
    private static partial Regex ListeningLine();
}
