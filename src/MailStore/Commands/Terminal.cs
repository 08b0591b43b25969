using System.Text;
using Spectre.Console;

namespace MailStore.Commands;

/// <summary>Where the program reads and writes: colours, tables and bars on a terminal, plain lines for a file or another program.</summary>
sealed class Terminal
{
    /// <summary>Reads and writes there.</summary>
    /// <param name="input">Standard input.</param>
    /// <param name="output">Standard output: what was asked for.</param>
    /// <param name="error">Standard error: what went wrong.</param>
    /// <param name="isInputTerminal">Whether somebody can be asked.</param>
    /// <param name="isOutputTerminal">Whether somebody watches.</param>
    public Terminal(TextReader input, TextWriter output, TextWriter error, bool isInputTerminal, bool isOutputTerminal)
    {
        (Input, Output, Error) = (input, output, error);
        (IsInputTerminal, IsOutputTerminal) = (isInputTerminal, isOutputTerminal);
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = isOutputTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = isInputTerminal && isOutputTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
    }

    /// <summary>Standard input.</summary>
    public TextReader Input { get; }

    /// <summary>Standard output.</summary>
    public TextWriter Output { get; }

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether somebody can be asked.</summary>
    public bool IsInputTerminal { get; }

    /// <summary>Whether somebody watches.</summary>
    public bool IsOutputTerminal { get; }

    /// <summary>Standard output with colours, tables and prompts.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>The program's own.</summary>
    public static Terminal OfProcess()
    {
        if (System.Console.IsInputRedirected)
            System.Console.InputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new Terminal(System.Console.In, System.Console.Out, System.Console.Error, !System.Console.IsInputRedirected, !System.Console.IsOutputRedirected);
    }

    /// <summary>Says in one line what went wrong.</summary>
    public void WriteError(string message) => Error.WriteLine($"mailstore: {string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}");
}
