using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Imap.Server.Tls;

/// <summary>A certificate in files: PEM, with its key in the same file or one of its own, or PKCS #12 (PFX).</summary>
/// <param name="Path">The file of the certificate and of those between it and a root.</param>
/// <param name="KeyPath">The file of the key; null when it is in the same.</param>
/// <param name="Password">What the key or the PFX is encrypted with; null when it is not.</param>
sealed record CertificateFile(string Path, string? KeyPath, string? Password)
{
    /// <summary>When the files were last written: another value means that they have to be read again.</summary>
    public (DateTime, DateTime) Stamp => (LastWritten(Path), KeyPath is null ? default : LastWritten(KeyPath));

    /// <summary>Reads it.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="CryptographicException">They are no certificate with its key.</exception>
    public ServerCertificate Read()
    {
        var octets = File.ReadAllBytes(Path);
        return octets.AsSpan().IndexOf("-----BEGIN "u8) >= 0 ? ReadPem(Encoding.ASCII.GetString(octets)) : ReadPfx(octets);
    }

    // Of what a link leads to: a renewal may change only where it leads.
    static DateTime LastWritten(string path) => (File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path)).LastWriteTimeUtc;

    ServerCertificate ReadPem(string text)
    {
        var key = KeyPath is null ? text : File.ReadAllText(KeyPath);
        using var bare = Password is null ? X509Certificate2.CreateFromPem(text, key) : X509Certificate2.CreateFromEncryptedPem(text, key, Password);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(text);
        chain.RemoveAt(0);
        // A key that lives in memory alone is not enough for TLS on every system.
        return ServerCertificate.Create(X509CertificateLoader.LoadPkcs12(bare.Export(X509ContentType.Pkcs12), null), chain);
    }

    ServerCertificate ReadPfx(byte[] octets)
    {
        var all = X509CertificateLoader.LoadPkcs12Collection(octets, Password);
        var certificate = all.FirstOrDefault(static each => each.HasPrivateKey) ?? throw new CryptographicException("There is no certificate with a private key in it.");
        all.Remove(certificate);
        return ServerCertificate.Create(certificate, all);
    }
}
