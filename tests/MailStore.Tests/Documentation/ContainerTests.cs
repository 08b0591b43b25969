using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Backend.EfCore;
using Imap.Server;
using MailStore.Commands;
using MailStore.Configuration;
using MailStore.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace MailStore.Tests.Documentation;

/// <summary>What Dockerfile, docker-compose.yml and the deployment page say of the program, and of each other, is so.</summary>
public sealed partial class ContainerTests
{
    static readonly string Dockerfile = Read("Dockerfile");
    static readonly string Compose = Read("docker-compose.yml");
    static readonly string Page = Read("docs/deployment.md");

    public static TheoryData<string> Commands =>
    [
        .. PageCommand().Matches(Page).Select(static match => match.Groups[1].Value.Trim()),
        .. ((string[])[Dockerfile, Compose]).SelectMany(static file => HealthCheck().Matches(file)).Select(static match => $"mailstore {match.Groups[1].Value}"),
    ];

    public static TheoryData<string> Keys => [.. ((string[])[Dockerfile, Compose, Page]).SelectMany(static file => Key().Matches(file)).Select(static match => match.Value).Distinct()];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_is_one(string command)
    {
        var root = CommandLine.Create(new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null, isInputTerminal: false, isOutputTerminal: false));

        Assert.Empty(root.Parse(CommandLineParser.SplitCommandLine(command).Skip(1).ToArray()).Errors);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_key_in_the_environment_is_one(string key)
    {
        string[] known =
        [
            StoreSettings.ProviderKey, StoreSettings.ConnectionKey, ServerSettings.ListenKey, ServerSettings.ListenTlsKey,
            .. typeof(MailStoreOptions).GetProperties().Select(static property => $"{StoreSettings.Section}:Store:{property.Name}"),
            .. typeof(ImapServerOptions).GetProperties().Select(static property => $"{StoreSettings.Section}:Imap:{property.Name}"),
        ];

        Assert.Contains(key.Replace("__", ":", StringComparison.Ordinal), known, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_environment_makes_the_program_serve_the_database_of_the_other_container_on_the_published_port()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(Setting().Matches(Compose).ToDictionary(static match => match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal), static match => (string?)match.Groups[2].Value))
            .Build();

        var settings = StoreSettings.Read(configuration);
        var address = Assert.Single(ServerSettings.ReadListen(configuration));
        Assert.Equal((StoreSettings.Postgres, "the database \"mailstore\" on postgres"), (settings.Provider, settings.Place));
        Assert.Contains("\n  postgres:\n", Compose, StringComparison.Ordinal);
        Assert.Contains($"\"127.0.0.1:${{MAILSTORE_PORT:-1143}}:{address.Port}\"", Compose, StringComparison.Ordinal);
        Assert.Contains($"MAILSTORE__LISTEN={address}\nEXPOSE {address.Port}\n", Dockerfile, StringComparison.Ordinal);
        Assert.False(address.IsLoopback);
        // No password, which the image's history would show: Npgsql takes it from PGPASSWORD.
        Assert.DoesNotContain("Password", settings.Connection, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("PASSWORD", Dockerfile, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_page_tells_every_variable_with_its_default() => Assert.Equal(
        Variable().Matches(Compose).Select(static match => (match.Groups[1].Value, match.Groups[2].Value)).Distinct().Order(),
        DocumentedVariable().Matches(Page).Select(static match => (match.Groups[1].Value, match.Groups[2].Value)).Order());

    [Fact]
    public void The_projects_that_are_restored_are_those_that_the_program_is_made_of() => Assert.Equal(
        ReferencedBy("src/MailStore/MailStore.csproj").Distinct().Order(StringComparer.Ordinal),
        ProjectCopy().Matches(Dockerfile).Select(static match => match.Groups[1].Value));

    [Fact]
    public void The_build_is_given_what_the_projects_read_and_no_settings_of_the_machine()
    {
        var given = Read(".dockerignore").Split('\n').Where(static line => line.StartsWith('!')).Select(static line => line[1..]).ToList();
        var read = AtTheTop().Matches(Read("Directory.Build.props")).Select(static match => match.Groups[1].Value);

        Assert.Empty(read.Append("Directory.Build.props").Append("Directory.Packages.props").Append("global.json").Append(".editorconfig").Except(given));
        Assert.DoesNotContain(given, static name => name.StartsWith(".env", StringComparison.Ordinal) || name.StartsWith(".git", StringComparison.Ordinal));
        Assert.Contains("\n*\n", Read(".dockerignore"), StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_the_program_nor_its_role_in_the_database_is_privileged()
    {
        Assert.Matches(@"\nUSER [1-9][0-9]*:[1-9][0-9]*\n", Dockerfile);
        Assert.Contains("cap_drop: [ALL]", Compose, StringComparison.Ordinal);
        Assert.Matches("CREATE ROLE mailstore LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE", Read("deploy/postgres-init.sh"));
    }

    static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, file)).ReplaceLineEndings("\n");

    static IEnumerable<string> ReferencedBy(string project) => XDocument.Load(Path.Combine(Repository.Root, project)).Descendants("ProjectReference")
        .Select(reference => Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(project)!, reference.Attribute("Include")!.Value))).Replace('\\', '/'))
        .SelectMany(ReferencedBy)
        .Append(project);

    [GeneratedRegex(@"^ *(?:docker compose exec(?: -T)? mailstore |docker compose run [^\n]* (?=mailstore )|docker exec mail )?(mailstore [^#<\n`]+)$?", RegexOptions.Multiline)]
    private static partial Regex PageCommand();

    [GeneratedRegex("""CMD.*"mailstore", "(.*)"\]""")]
    private static partial Regex HealthCheck();

    [GeneratedRegex(@"\bMAILSTORE(?:__\w+?)+\b")]
    private static partial Regex Key();

    [GeneratedRegex(@"^ +(MAILSTORE__\w+): (.+)$", RegexOptions.Multiline)]
    private static partial Regex Setting();

    [GeneratedRegex(@"\$\{(\w+):-([^}]*)\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\| `([A-Z_]+)` \| ([^ |]+) \|", RegexOptions.Multiline)]
    private static partial Regex DocumentedVariable();

    [GeneratedRegex(@"^COPY (src/\S+\.csproj) ", RegexOptions.Multiline)]
    private static partial Regex ProjectCopy();

    [GeneratedRegex(@"\$\(MSBuildThisFileDirectory\)([\w.]+)""")]
    private static partial Regex AtTheTop();
}
