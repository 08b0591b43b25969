using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MailStore.Commands;

/// <summary>The usual help of a command, with examples under it.</summary>
sealed class HelpWithExamples(HelpAction help, IReadOnlyDictionary<Command, string[]> examples) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        if (!examples.TryGetValue(parseResult.CommandResult.Command, out var lines))
            return exitCode;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var line in lines)
            output.WriteLine($"  {line}");
        output.WriteLine();
        return exitCode;
    }
}
