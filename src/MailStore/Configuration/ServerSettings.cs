using Imap.Server;
using Microsoft.Extensions.Configuration;

namespace MailStore.Configuration;

/// <summary>Where the server listens, and with what certificate.</summary>
static class ServerSettings
{
    /// <summary>The key of the addresses: a list, or one text with commas between them.</summary>
    public const string ListenKey = $"{StoreSettings.Section}:Listen";

    /// <summary>The key of the addresses where TLS begins at once; as above.</summary>
    public const string ListenTlsKey = $"{StoreSettings.Section}:ListenTls";

    /// <summary>The section of the IMAP server's options.</summary>
    public const string ImapSection = $"{StoreSettings.Section}:Imap";

    /// <summary>The section that says which tokens are taken, within the program's.</summary>
    public const string TokenSectionName = "OAuth";

    /// <summary>As above, from the top.</summary>
    public const string TokenSection = $"{StoreSettings.Section}:{TokenSectionName}";

    /// <summary>The key of the certificate's file.</summary>
    public const string CertificateKey = $"{ImapSection}:{nameof(ImapServerOptions.TlsCertificateFile)}";

    /// <summary>The key of the file of the certificate's key.</summary>
    public const string CertificateKeyKey = $"{ImapSection}:{nameof(ImapServerOptions.TlsKeyFile)}";

    /// <summary>The address when none is configured: for this machine only, on a port that needs no privilege.</summary>
    public const string DefaultListen = "127.0.0.1:1143";

    /// <summary>Reads the addresses, those without TLS first. As one text, which the command line gives, they replace a list.</summary>
    /// <exception cref="UsageException">One of them is none.</exception>
    public static IReadOnlyList<ListenAddress> ReadListen(IConfiguration configuration)
    {
        var tls = Read(configuration, ListenTlsKey);
        var texts = Read(configuration, ListenKey);
        if (texts.Length == 0 && tls.Length == 0)
            texts = [DefaultListen];
        return [.. texts.Select(ListenAddress.Parse).Distinct(), .. tls.Select(static text => ListenAddress.Parse(text) with { IsTls = true }).Distinct()];
    }

    /// <summary>Whether the server makes a certificate for itself: when TLS is asked for, only this machine's programs can come, and there is no other.</summary>
    /// <exception cref="UsageException">There is no certificate, and others could come.</exception>
    public static bool NeedsDevelopmentCertificate(IConfiguration configuration, IReadOnlyList<ListenAddress> addresses)
    {
        if (configuration[CertificateKey] is { Length: > 0 })
            return false;
        if (configuration[CertificateKeyKey] is { Length: > 0 })
            throw new UsageException("There is a key and no certificate for it: say --tls-certificate FILE too.");
        if (addresses.FirstOrDefault(static address => address.IsTls && !address.IsLoopback) is { } open)
            throw new UsageException($"TLS on {open}, which other machines reach, needs a certificate: say --tls-certificate FILE and --tls-key FILE.");
        return addresses.Any(static address => address.IsTls);
    }

    static string[] Read(IConfiguration configuration, string key)
    {
        var section = configuration.GetSection(key);
        return section.Value is { } text
            ? text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [.. section.GetChildren().Select(static child => child.Value ?? "")];
    }
}
