using MailStore.Tests.Support;

namespace MailStore.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("", "--listen <HOST:PORT>", "mailstore import ada")]
    [InlineData("serve", "--listen <HOST:PORT>", "mailstore serve --provider postgres")]
    [InlineData("user", "passwd <NAME>", "")]
    [InlineData("user add", "--password-stdin", "mailstore user add ada --password-stdin < password.txt")]
    [InlineData("user list", "--connection <STRING>", "mailstore user list")]
    [InlineData("user passwd", "--password-stdin", "mailstore user passwd ada")]
    [InlineData("user remove", "--yes", "mailstore user remove ada --yes")]
    [InlineData("import", "--mailbox <NAME>", "mailstore import ada ~/Maildir")]
    [InlineData("export", "--format <maildir|mbox>", "mailstore export ada ~/Maildir --format maildir")]
    [InlineData("migrate", "--dry-run", "mailstore migrate --dry-run")]
    public async Task Each_command_has_help_with_examples_and_exit_code_0(string command, string option, string example)
    {
        var run = await ProgramRun.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("Description:", run.Output, StringComparison.Ordinal);
        Assert.Contains(option, run.Output, StringComparison.Ordinal);
        Assert.Contains("--provider <postgres|sqlite>", run.Output, StringComparison.Ordinal);
        Assert.Contains(example, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_told()
    {
        var run = await ProgramRun.RunAsync("--version");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", run.Output);
    }

    [Theory]
    [InlineData("bogus", "Unrecognized command or argument 'bogus'", "See mailstore --help.")]
    [InlineData("user", "Required command was not provided", "See mailstore user --help.")]
    [InlineData("user add", "Required argument 'NAME' missing", "See mailstore user add --help.")]
    [InlineData("import ada", "Required argument 'PATH' missing", "See mailstore import --help.")]
    [InlineData("import ada a.mbox --mailbx Old", "no option '--mailbx'", "See mailstore import --help.")]
    [InlineData("user add ada --password secret", "'secret'", "See mailstore user add --help.")]
    [InlineData("export ada out --format zip", "'zip' not recognized. Must be one of: 'mbox' 'maildir'", "See mailstore export --help.")]
    [InlineData("serve --listen", "Required argument missing for option: '--listen'", "See mailstore serve --help.")]
    public async Task A_wrong_command_line_is_told_with_exit_code_2(string line, string fault, string advice)
    {
        var run = await ProgramRun.RunAsync(line.Split(' '));

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(fault, run.Error, StringComparison.Ordinal);
        Assert.Contains(advice, run.Error, StringComparison.Ordinal);
        Assert.All(run.Error.TrimEnd().Split(Environment.NewLine), static text => Assert.StartsWith("mailstore: ", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("serve --provider postgres", "PostgreSQL needs a connection string: say --connection \"Host=localhost;Database=mailstore;Username=mailstore\".")]
    [InlineData("user list --provider oracle", "There is no provider \"oracle\": use --provider sqlite or --provider postgres.")]
    [InlineData("user list --provider postgres --connection nonsense", "The connection string is none for PostgreSQL: Format")]
    [InlineData("migrate --provider postgresql --connection Host=localhost;Nonsense=1", "The connection string is none for PostgreSQL: Couldn't set nonsense")]
    [InlineData("user list --provider postgres --connection Host=localhost", "The connection string names no database")]
    [InlineData("user list --connection Host=localhost;Database=mailstore", "The connection string names a host: say --provider postgres too.")]
    [InlineData("serve --listen here:1143", "\"here:1143\" is no address to listen on")]
    [InlineData("user list --connection nonsense", "\"nonsense\" is no connection string for SQLite")]
    [InlineData("user list --connection Mode=ReadOnly", "it names no file")]
    [InlineData("user list --connection Filename=/nowhere/at/all.db", "There is no folder /nowhere/at")]
    [InlineData("user list --connection Filename=missing.db", "There is no mail store in missing.db")]
    [InlineData("migrate --connection Filename=:memory:", "gone with its first connection.")]
    [InlineData("migrate --connection Filename=x.db;Nonsense=1", "'nonsense' is not supported")]
    [InlineData("import ada x --mailbox a//b", "A level of the mailbox name is empty")]
    [InlineData("user add ada", "There is no terminal to ask for the password: give it on standard input with --password-stdin.")]
    [InlineData("user add ada --password-stdin", "There is no password on standard input.")]
    [InlineData("user remove ada", "There is no terminal to ask whether to remove ada with all mail: say --yes.")]
    public async Task A_wrong_value_is_told_with_exit_code_2_and_nothing_is_made(string line, string fault)
    {
        var run = await ProgramRun.RunAsync(line.Split(' '));

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(fault, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split(Environment.NewLine));
        Assert.False(File.Exists("missing.db") || File.Exists("x.db"));
    }
}
