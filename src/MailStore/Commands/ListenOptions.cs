using System.CommandLine;
using MailStore.Configuration;

namespace MailStore.Commands;

/// <summary>The options that name addresses to listen on.</summary>
sealed class ListenOptions(string what)
{
    const string Form = "HOST:PORT";

    readonly Option<string[]> listen = new("--listen")
    {
        Description = $"{what}: an IP address, an IPv6 address in brackets, localhost, or * for all; can be given several times. [default: {ServerSettings.DefaultListen}]",
        HelpName = Form,
    };

    readonly Option<string[]> listenTls = new("--listen-tls")
    {
        Description = $"{what} with TLS from the start, as port 993 has it; as --listen",
        HelpName = Form,
    };

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(listen);
        command.Options.Add(listenTls);
    }

    /// <summary>Adds what was given of them, by configuration key.</summary>
    public void Read(ParseResult parsed, Dictionary<string, string?> options)
    {
        if (parsed.GetValue(listen) is { Length: > 0 } addresses)
            options[ServerSettings.ListenKey] = string.Join(',', addresses);
        if (parsed.GetValue(listenTls) is { Length: > 0 } secured)
            options[ServerSettings.ListenTlsKey] = string.Join(',', secured);
    }
}
