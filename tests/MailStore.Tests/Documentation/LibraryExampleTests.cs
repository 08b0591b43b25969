using System.Reflection;
using System.Text.RegularExpressions;
using MailStore.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Data.Sqlite;

namespace MailStore.Tests.Documentation;

/// <summary>The C# program in the README, as it stands there.</summary>
public sealed partial class LibraryExampleTests : IDisposable
{
    // What `dotnet new console` puts in front of a program.
    const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task It_compiles_without_warnings_and_runs()
    {
        var program = Program().Match(Repository.Readme).Groups[1].Value;
        Assert.Contains("Data Source=mail.db", program, StringComparison.Ordinal);
        Assert.InRange(program.Split('\n').Count(static line => line.Length > 0 && !line.StartsWith("using ", StringComparison.Ordinal)), 5, 10);
        var main = Compile(program.Replace("mail.db", folder["mail.db"].Replace("\\", "\\\\", StringComparison.Ordinal), StringComparison.Ordinal));

        await using var output = new StringWriter();
        var before = Console.Out;
        Console.SetOut(output);
        try
        {
            if (main.Invoke(null, [Array.Empty<string>()]) is Task running)
                await running;
        }
        finally
        {
            Console.SetOut(before);
        }

        Assert.Equal("1 Hello", output.ToString().Trim());
    }

    static MethodInfo Compile(string program)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "ReadmeExample",
            [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(program)],
            references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using var assembly = new MemoryStream();

        var result = compilation.Emit(assembly);

        Assert.Empty(result.Diagnostics.Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        return Assembly.Load(assembly.ToArray()).EntryPoint!;
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();
}
