using System.CommandLine;
using System.Globalization;
using MailStore.Configuration;
using MailStore.Serving;

namespace MailStore.Commands;

/// <summary>Says how much mail a user may have.</summary>
static class UserLimitCommand
{
    const string None = "none";

    /// <summary>Adds the command.</summary>
    public static void AddTo(Command parent, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        var name = UserCommand.NameArgument();
        var bytes = new Option<string>("--max-bytes") { Description = $"The most octets of mail that the user may have, or {None}.", HelpName = "OCTETS", DefaultValueFactory = static _ => None };
        var messages = new Option<string>("--max-messages") { Description = $"The most messages that the user may have, or {None}.", HelpName = "MESSAGES", DefaultValueFactory = static _ => None };
        var command = new Command("limit", "Says how much mail a user may have; what is not named is not limited. What is there stays.") { name, bytes, messages };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var limits = new QuotaLimits(Read(parsed.GetRequiredValue(bytes)), Read(parsed.GetRequiredValue(messages)));
            var username = parsed.GetRequiredValue(name);
            await using var opened = await OpenedStore.OpenAsync(ProgramConfiguration.Read(store.Read(parsed)), cancellationToken);
            await opened.Users.SetLimitsAsync(username, limits, cancellationToken);
            await terminal.Output.WriteLineAsync($"The user {username} may have {Describe(limits)}.");
            return ExitCode.Success;
        });
        parent.Subcommands.Add(command);
        examples[command] = ["mailstore user limit ada --max-bytes 5000000000", "mailstore user limit ada                     any amount of mail"];
    }

    static long? Read(string text) => text == None ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new UsageException($"\"{text}\" is no number: say one, or {None}.");

    static string Describe(QuotaLimits limits) => limits switch
    {
        { MaxBytes: null, MaxMessages: null } => "any amount of mail",
        { MaxBytes: { } bytes, MaxMessages: null } => Amount.OfOctets(bytes),
        { MaxBytes: null, MaxMessages: { } messages } => Amount.Of(messages, "message", "messages"),
        { MaxBytes: { } bytes, MaxMessages: { } messages } => $"{Amount.OfOctets(bytes)} in {Amount.Of(messages, "message", "messages")}",
    };
}
