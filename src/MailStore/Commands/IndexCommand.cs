using System.CommandLine;
using System.Globalization;
using Backend.EfCore;
using MailStore.Configuration;
using MailStore.Serving;

namespace MailStore.Commands;

/// <summary>Fills the search index.</summary>
static class IndexCommand
{
    /// <summary>Adds the command.</summary>
    public static void AddTo(RootCommand root, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        var command = new Command("index", "Fills the search index with what waits for it, at once. A server does so in the background; this is for after a large import, "
            + "or when the index was switched off for a while. The store can be in use meanwhile.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var opened = await OpenedStore.OpenAsync(ProgramConfiguration.Read(store.Read(parsed)), cancellationToken);
            await FillAsync(opened.Database, terminal, cancellationToken);
            return ExitCode.Success;
        });
        root.Subcommands.Add(command);
        examples[command] = ["mailstore index", "mailstore index --connection \"Data Source=/var/lib/mailstore/mail.db\""];
    }

    static async Task FillAsync(IMailStoreDatabase database, Terminal terminal, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        var watch = new Watch();
        var display = new ProgressDisplay(terminal, clock, () => watch.Part, () => Describe(watch.Now));
        await display.RunAsync(() => database.FillSearchIndexAsync(watch, cancellationToken));
        await terminal.Output.WriteLineAsync($"{Describe(watch.Now)} in {clock.GetElapsedTime(started).TotalSeconds.ToString("N1", CultureInfo.InvariantCulture)} s.");
    }

    static string Describe(SearchIndexProgress progress) => $"{Amount.Of(progress.Indexed, "message", "messages")} indexed";

    /// <summary>Keeps what was told last; <see cref="Progress{T}"/> would tell it later, in any order.</summary>
    sealed class Watch : IProgress<SearchIndexProgress>
    {
        readonly Lock gate = new();
        SearchIndexProgress now;

        public SearchIndexProgress Now
        {
            get
            {
                lock (gate)
                    return now;
            }
        }

        public double Part => Now is { Total: > 0 } progress ? (double)progress.Indexed / progress.Total : 0;

        public void Report(SearchIndexProgress value)
        {
            lock (gate)
                now = value;
        }
    }
}
