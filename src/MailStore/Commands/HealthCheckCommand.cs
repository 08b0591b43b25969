using System.CommandLine;
using MailStore.Configuration;
using MailStore.Serving;

namespace MailStore.Commands;

/// <summary>Looks whether the server that has the same configuration answers, as containers and service managers ask it.</summary>
static class HealthCheckCommand
{
    /// <summary>Adds the command.</summary>
    public static void AddTo(RootCommand root, StoreOptions store, Terminal terminal, Dictionary<Command, string[]> examples)
    {
        var listen = new ListenOptions("An address that it listens on");
        var command = new Command("healthcheck", "Looks whether the server on this machine that has the same configuration answers: connects to each address that it listens on, reads its greeting and logs out. "
            + $"Ends with {ExitCode.Success} when all do within {ServerProbe.Timeout.TotalSeconds:0} seconds, with {ExitCode.Failure} when one does not.");
        listen.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = store.Read(parsed);
            listen.Read(parsed, options);
            var addresses = ServerSettings.ReadListen(ProgramConfiguration.Read(options));
            if (addresses.Any(static address => address.Port == 0))
                throw new UsageException("A server on port 0 has a port that only it knows: name the one that it told, with --listen.");
            var probe = new ServerProbe(TimeProvider.System);
            foreach (var address in addresses)
                await terminal.Output.WriteLineAsync($"{address} answers: {await probe.GreetAsync(address, cancellationToken)}");
            return ExitCode.Success;
        });
        root.Subcommands.Add(command);
        examples[command] = ["mailstore healthcheck", "mailstore healthcheck --listen 127.0.0.1:1143 --listen-tls 127.0.0.1:1993"];
    }
}
