using System.Reflection;

namespace MailStore.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Help_is_given_with_exit_code_0()
    {
        var main = Assembly.Load("mailstore").EntryPoint!;

        var exitCode = main.Invoke(null, [new[] { "--help" }]);

        Assert.Equal(0, exitCode is Task<int> task ? await task : exitCode);
    }
}
