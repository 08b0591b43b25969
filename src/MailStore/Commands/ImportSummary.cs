using System.Globalization;
using MailStore.Import;

namespace MailStore.Commands;

/// <summary>What an import says at its end.</summary>
static class ImportSummary
{
    // More places than these nobody reads.
    const int MaxPlaces = 20;

    /// <summary>Writes it.</summary>
    public static void Write(ImportReport report, TimeSpan elapsed, Terminal terminal)
    {
        var seconds = Math.Max(elapsed.TotalSeconds, 0.001);
        var output = terminal.Output;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Imported {Amount.Of(report.Imported, "message", "messages")} ({Amount.OfOctets(report.ImportedOctets)}) in {seconds:0.0} s: {report.Imported / seconds:N0} messages/s."));
        if (report.AlreadyThere > 0)
            output.WriteLine($"Already there: {Amount.Of(report.AlreadyThere, "message", "messages")}, left out.");
        if (report.PassedOver > 0)
            output.WriteLine($"No mail: {Amount.Of(report.PassedOver, "file", "files")} in the folders, passed over.");
        if (report.Refusals.Count > 0)
            output.WriteLine($"Refused: {report.Refusals.Count.ToString("N0", CultureInfo.InvariantCulture)}.");
        foreach (var reason in report.Refusals.GroupBy(static refusal => refusal.Reason))
        {
            output.WriteLine($"  {reason.Key.ReplaceLineEndings(" ")}");
            foreach (var refusal in reason.Take(MaxPlaces))
                output.WriteLine($"    {refusal.Place}");
            if (reason.Count() > MaxPlaces)
                output.WriteLine($"    and {Amount.Of(reason.Count() - MaxPlaces, "other", "others")}");
        }
    }
}
