using Microsoft.Extensions.Configuration;

namespace MailStore.Configuration;

/// <summary>Where the server listens.</summary>
static class ServerSettings
{
    /// <summary>The key of the addresses: a list, or one text with commas between them.</summary>
    public const string ListenKey = $"{StoreSettings.Section}:Listen";

    /// <summary>The address when none is configured: for this machine only, on a port that needs no privilege.</summary>
    public const string DefaultListen = "127.0.0.1:1143";

    /// <summary>Reads the addresses. As one text, which the command line gives, they replace a list.</summary>
    /// <exception cref="UsageException">One of them is none.</exception>
    public static IReadOnlyList<ListenAddress> ReadListen(IConfiguration configuration)
    {
        var section = configuration.GetSection(ListenKey);
        var texts = section.Value is { } text
            ? text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [.. section.GetChildren().Select(static child => child.Value ?? "")];
        return [.. (texts.Length == 0 ? [DefaultListen] : texts).Select(ListenAddress.Parse).Distinct()];
    }
}
