using System.Diagnostics.Metrics;

namespace Imap.Server.Diagnostics;

/// <summary>What the server counts.</summary>
sealed class ImapMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Imap.Server";

    readonly UpDownCounter<long> connections;
    readonly Histogram<double> commands;

    public ImapMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        connections = meter.CreateUpDownCounter<long>("imap.server.active_connections", "{connection}", "Connections that are open.");
        commands = meter.CreateHistogram<double>("imap.server.command.duration", "s", "How long commands took.");
    }

    public void ConnectionOpened() => connections.Add(1);

    public void ConnectionClosed() => connections.Add(-1);

    /// <param name="name">The command's word, or a fixed one for what is no command.</param>
    /// <param name="status">How it ended.</param>
    /// <param name="duration">How long it took.</param>
    public void CommandCompleted(string name, string status, TimeSpan duration) =>
        commands.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("imap.command", name), new KeyValuePair<string, object?>("imap.status", status));
}
