using MailStore.Commands;

namespace MailStore.Tests.Support;

/// <summary>A run of the program in this process, for everything that does not serve.</summary>
/// <param name="ExitCode">What it ended with.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    public static Task<ProgramRun> RunAsync(params string[] args) => RunAsync("", args);

    public static async Task<ProgramRun> RunAsync(string input, string[] args)
    {
        using var reader = new StringReader(input);
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(args, new Terminal(reader, output, error, isInputTerminal: false, isOutputTerminal: false));
        return new ProgramRun(exitCode, output.ToString(), error.ToString());
    }
}
