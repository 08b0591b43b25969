using System.Security.Cryptography;
using Imap.Server.Diagnostics;
using Microsoft.Extensions.Options;

namespace Imap.Server.Tls;

/// <summary>
/// The certificate that clients are shown. Its files are looked at now and then, when somebody shakes hands: a new one is taken for those
/// who come from then on. One that cannot be read leaves the old in use. Thread-safe.
/// </summary>
sealed class ServerCertificates
{
    /// <summary>How long files are taken to be as they were.</summary>
    static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(10);

    readonly Lock gate = new();
    readonly CertificateFile? file;
    readonly TimeProvider time;
    readonly ILogger logger;
    ServerCertificate? current;
    (DateTime, DateTime) stamp;
    long looked;

    /// <summary>Reads the certificate, so that a wrong one fails when the server starts.</summary>
    /// <exception cref="OptionsValidationException">It cannot be used.</exception>
    public ServerCertificates(IOptions<ImapServerOptions> options, TimeProvider time, ILogger<ServerCertificates> logger)
    {
        (this.time, this.logger) = (time, logger);
        var settings = options.Value;
        looked = time.GetTimestamp();
        if (settings.TlsCertificateFile is { Length: > 0 } path)
        {
            file = new CertificateFile(path, settings.TlsKeyFile, settings.TlsPassword);
            try
            {
                (stamp, current) = (file.Stamp, file.Read());
            }
            catch (Exception exception) when (IsFault(exception))
            {
                throw new OptionsValidationException("", typeof(ImapServerOptions), [$"The TLS certificate in {path} cannot be used: {exception.Message}"]);
            }

            logger.CertificateRead(path, current.Fingerprint, current.Expires);
        }
        else if (settings.TlsDevelopmentCertificate)
        {
            current = DevelopmentCertificate.Create(time.GetUtcNow());
            logger.DevelopmentCertificate(current.Fingerprint);
        }
    }

    /// <summary>Whether there is one.</summary>
    public bool IsAvailable => current is not null;

    /// <summary>The one for a handshake that begins now.</summary>
    public ServerCertificate Current
    {
        get
        {
            lock (gate)
            {
                if (file is not null && time.GetElapsedTime(looked) >= CheckInterval)
                    Look(file);
                return current ?? throw new InvalidOperationException("There is no certificate.");
            }
        }
    }

    static bool IsFault(Exception exception) => exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or NotSupportedException;

    void Look(CertificateFile source)
    {
        looked = time.GetTimestamp();
        try
        {
            var now = source.Stamp;
            if (now == stamp)
                return;
            // Certificate and key may be written one after the other: what does not fit together yet is looked at again.
            current = source.Read();
            stamp = now;
            logger.CertificateRead(source.Path, current.Fingerprint, current.Expires);
        }
        catch (Exception exception) when (IsFault(exception))
        {
            logger.CertificateUnreadable(exception, source.Path);
        }
    }
}
