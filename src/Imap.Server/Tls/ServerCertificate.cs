using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Imap.Server.Tls;

/// <summary>A certificate with its key, ready for handshakes.</summary>
/// <param name="Context">The certificate, and the ones between it and a root.</param>
/// <param name="EndPointBinding">Its <c>tls-server-end-point</c>. RFC 5929 §4.1.</param>
sealed record ServerCertificate(SslStreamCertificateContext Context, ReadOnlyMemory<byte> EndPointBinding)
{
    const string Sha384Rsa = "1.2.840.113549.1.1.12";
    const string Sha512Rsa = "1.2.840.113549.1.1.13";
    const string Sha384Ecdsa = "1.2.840.10045.4.3.3";
    const string Sha512Ecdsa = "1.2.840.10045.4.3.4";

    /// <summary>Its first octets of SHA-256, by which people tell certificates apart.</summary>
    public string Fingerprint => Context.TargetCertificate.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>When it stops being good.</summary>
    public DateTimeOffset Expires => Context.TargetCertificate.NotAfter.ToUniversalTime();

    /// <summary>Prepares a certificate.</summary>
    public static ServerCertificate Create(X509Certificate2 certificate, X509Certificate2Collection chain) =>
        new(SslStreamCertificateContext.Create(certificate, chain, offline: true), Hash(certificate));

    // RFC 5929 §4.1: the hash of its signature, or SHA-256 where that is weaker.
    static byte[] Hash(X509Certificate2 certificate) => certificate.SignatureAlgorithm.Value switch
    {
        Sha384Rsa or Sha384Ecdsa => SHA384.HashData(certificate.RawDataMemory.Span),
        Sha512Rsa or Sha512Ecdsa => SHA512.HashData(certificate.RawDataMemory.Span),
        _ => SHA256.HashData(certificate.RawDataMemory.Span),
    };
}
