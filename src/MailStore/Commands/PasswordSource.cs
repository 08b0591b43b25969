using System.CommandLine;
using MailStore.Configuration;
using Spectre.Console;

namespace MailStore.Commands;

/// <summary>Where a new password comes from: standard input, or somebody who types it twice. Never the command line, which other users of the machine can see.</summary>
sealed class PasswordSource(Terminal terminal)
{
    // More than any password that is taken, and not whatever may be piped here.
    const int MaxLength = 4096;

    /// <summary>The option that says that it comes from standard input.</summary>
    public Option<bool> FromInput { get; } = new("--password-stdin") { Description = "Read the password from standard input, for scripts; else it is asked for." };

    /// <summary>Reads the password.</summary>
    /// <exception cref="UsageException">None was given.</exception>
    public async Task<string> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(FromInput))
            return await ReadInputAsync(cancellationToken);
        if (!terminal.IsInputTerminal)
            throw new UsageException($"There is no terminal to ask for the password: give it on standard input with {FromInput.Name}.");
        var password = await AskAsync("Password: ", cancellationToken);
        if (await AskAsync("Password again: ", cancellationToken) != password)
            throw new UsageException("The two passwords are not the same. Nothing was changed.");
        return password;
    }

    async Task<string> ReadInputAsync(CancellationToken cancellationToken)
    {
        var buffer = new char[MaxLength];
        var length = await terminal.Input.ReadBlockAsync(buffer, cancellationToken);
        var text = new string(buffer, 0, length);
        var password = text.EndsWith('\n') ? text[..^1].TrimEnd('\r') : text;
        if (password.Length == 0)
            throw new UsageException("There is no password on standard input.");
        if (password.Contains('\n', StringComparison.Ordinal))
            throw new UsageException("There is more than one line on standard input: give the password and nothing else.");
        return password;
    }

    Task<string> AskAsync(string prompt, CancellationToken cancellationToken) =>
        new TextPrompt<string>(prompt).Secret(null).ShowAsync(terminal.Console, cancellationToken);
}
