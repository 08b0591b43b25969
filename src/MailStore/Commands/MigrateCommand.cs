using System.CommandLine;
using MailStore.Configuration;
using MailStore.Serving;

namespace MailStore.Commands;

/// <summary>Makes the store or brings its schema up to date.</summary>
static class MigrateCommand
{
    /// <summary>Adds the command.</summary>
    public static void AddTo(RootCommand root, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only list the migrations that would be applied." };
        var command = new Command("migrate", "Makes the store where it is missing, brings its schema up to date, and lists the migrations that it applied. Every other command that needs it does so too.")
        {
            dryRun,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var configuration = ProgramConfiguration.Read(store.Read(parsed));
            await (parsed.GetValue(dryRun) ? ListPendingAsync(configuration, terminal, cancellationToken) : ApplyAsync(configuration, terminal, cancellationToken));
            return ExitCode.Success;
        });
        root.Subcommands.Add(command);
        examples[command] = ["mailstore migrate --dry-run", "mailstore migrate --connection \"Data Source=/var/lib/mailstore/mail.db\""];
    }

    static async Task ApplyAsync(Microsoft.Extensions.Configuration.IConfiguration configuration, Terminal terminal, CancellationToken cancellationToken)
    {
        var (store, applied) = await OpenedStore.MigrateAsync(configuration, cancellationToken);
        await store.DisposeAsync();
        foreach (var migration in applied)
            await terminal.Output.WriteLineAsync($"Applied {migration}.");
        if (applied.Count == 0)
            await terminal.Output.WriteLineAsync("The schema is up to date.");
    }

    static async Task ListPendingAsync(Microsoft.Extensions.Configuration.IConfiguration configuration, Terminal terminal, CancellationToken cancellationToken)
    {
        if (await OpenedStore.GetPendingAsync(configuration, cancellationToken) is not { } pending)
        {
            await terminal.Output.WriteLineAsync("There is no store yet: it would be made with all migrations.");
            return;
        }

        foreach (var migration in pending)
            await terminal.Output.WriteLineAsync($"Would apply {migration}.");
        if (pending.Count == 0)
            await terminal.Output.WriteLineAsync("The schema is up to date.");
    }
}
