using System.CommandLine.Parsing;
using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Backend.EfCore;
using Imap.Server;
using MailStore.Commands;
using MailStore.Tests.Support;

namespace MailStore.Tests.Documentation;

/// <summary>What the README says is so.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Commands => [.. Command().Matches(Repository.Readme).Select(static match => match.Groups[1].Value.Trim())];

    public static TheoryData<string, string, string> Settings =>
        [.. Setting().Matches(Repository.Readme).Select(static match => (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value))];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_is_one(string command)
    {
        var root = CommandLine.Create(new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null, isInputTerminal: false, isOutputTerminal: false));

        Assert.Empty(root.Parse(CommandLineParser.SplitCommandLine(command).ToArray()).Errors);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_setting_has_the_default_that_it_is_said_to_have(string section, string name, string expected)
    {
        object options = section == "Store" ? new MailStoreOptions() : new ImapServerOptions();

        Assert.Equal(expected, Convert.ToString(options.GetType().GetProperty(name)!.GetValue(options), CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task The_capabilities_are_those_of_the_server()
    {
        Assert.Equal(0, (await MailStoreProcess.RunAsync(folder, "secret", "user", "add", "ada", "--password-stdin")).ExitCode);
        await using var server = MailStoreProcess.Start(folder, "--listen", "127.0.0.1:0");
        using var connection = new TcpClient("127.0.0.1", await server.ListeningAsync());
        await using var stream = connection.GetStream();
        await stream.WriteAsync("a CAPABILITY\r\nb LOGIN ada secret\r\nc CAPABILITY\r\nd LOGOUT\r\n"u8.ToArray(), Token);
        using var reader = new StreamReader(stream);
        var answers = await reader.ReadToEndAsync(Token);

        var offered = Offered().Matches(answers).SelectMany(static match => match.Groups[1].Value.Trim().Split(' ')).ToHashSet();
        var told = Capability().Matches(Repository.Readme).Select(static match => match.Groups[1].Value).ToHashSet();
        // A limit is told with its number.
        Assert.All(offered, word => Assert.True(told.Contains(word) || told.Contains(word.Split('=')[0]), $"README has no {word}."));
    }

    [Fact]
    public async Task The_sample_has_a_dozen_messages_and_no_domain_that_somebody_owns()
    {
        await MailStoreProcess.RunAsync(folder, "secret", "user", "add", "me", "--password-stdin");

        Assert.StartsWith("Imported 12 messages ", (await MailStoreProcess.RunAsync(folder, "", "import", "me", Repository.Sample)).Output, StringComparison.Ordinal);
        // RFC 2606 §2-3.
        Assert.All(
            Domain().Matches(await File.ReadAllTextAsync(Repository.Sample, System.Text.Encoding.Latin1, Token)).Select(static match => match.Groups[1].Value),
            static domain => Assert.Matches(@"(^|\.)(example|example\.(com|net|org))$", domain));
    }

    [GeneratedRegex(@"^(?:mailstore|dotnet run --project src/MailStore --) ([^#<\n]+)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"^\| `MailStore:(Store|Imap):(\w+)` \| \| `?([\d.:]+)`? \|", RegexOptions.Multiline)]
    private static partial Regex Setting();

    [GeneratedRegex(@"(?<=^\|[^|\n]*)`([A-Za-z0-9+=-]+)`(?=[^|\n]*\| RFC \d+ \|)", RegexOptions.Multiline)]
    private static partial Regex Capability();

    [GeneratedRegex(@"^\* CAPABILITY (.*)$", RegexOptions.Multiline)]
    private static partial Regex Offered();

    [GeneratedRegex(@"[\w.]@([\w.-]+\w)")]
    private static partial Regex Domain();
}
