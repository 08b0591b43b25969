using System.Diagnostics;
using System.Globalization;

namespace Postgres.Testing;

/// <summary>PostgreSQL's programs on this machine, and who is to run them: they refuse to run as root.</summary>
sealed class PostgresBinaries
{
    const string Initdb = "initdb";

    PostgresBinaries(string folder, int major) => (Folder, Major) = (folder, major);

    public string Folder { get; }

    public int Major { get; }

    /// <summary>The user that a server must be run as; null when it is the one who runs this.</summary>
    public string? Owner { get; } = Environment.UserName == "root" ? UnprivilegedUser() : null;

    /// <summary>Finds the newest; null where there are none.</summary>
    public static PostgresBinaries? Find()
    {
        if (OperatingSystem.IsWindows())
            return null;
        return Folders()
            .Where(static folder => Has(folder, Initdb) && Has(folder, "postgres"))
            .Select(static folder => new PostgresBinaries(folder, MajorOf(folder)))
            .MaxBy(static each => each.Major);
    }

    public string Of(string program) => Path.Combine(Folder, program);

    /// <summary>The same program, run by the owner.</summary>
    public ProcessStartInfo AsOwner(ProcessStartInfo start)
    {
        // Where root starts it, its own folder may be closed to others.
        start.WorkingDirectory = "/";
        if (Owner is null)
            return start;
        string[] command = [start.FileName, .. start.ArgumentList];
        start.ArgumentList.Clear();
        start.FileName = "setpriv";
        foreach (var argument in (string[])[$"--reuid={Owner}", $"--regid={GroupOf(Owner)}", "--clear-groups", "--", .. command])
            start.ArgumentList.Add(argument);
        return start;
    }

    static IEnumerable<string> Folders() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(Below("/usr/lib/postgresql", "bin"))
            .Concat(Below("/usr", "bin", "pgsql-*"))
            .Concat(Below("/opt/homebrew/opt", "bin", "postgresql@*"))
            .Concat(Below("/usr/local/opt", "bin", "postgresql@*"));

    static IEnumerable<string> Below(string parent, string child, string pattern = "*") =>
        Directory.Exists(parent) ? Directory.EnumerateDirectories(parent, pattern).Select(folder => Path.Combine(folder, child)) : [];

    static bool Has(string folder, string program) =>
        new FileInfo(Path.Combine(folder, program)) is { Exists: true } file && file.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: false };

    static int MajorOf(string folder)
    {
        var version = Output(Path.Combine(folder, Initdb), "--version").Split(' ', StringSplitOptions.RemoveEmptyEntries).First(static word => char.IsAsciiDigit(word[0]));
        return int.Parse(new string([.. version.TakeWhile(char.IsAsciiDigit)]), CultureInfo.InvariantCulture);
    }

    static string UnprivilegedUser() =>
        File.ReadLines("/etc/passwd").Any(static line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    static string GroupOf(string user) => Output("id", "-g", user).Trim();

    static string Output(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
