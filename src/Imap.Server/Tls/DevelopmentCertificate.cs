using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Imap.Server.Tls;

/// <summary>A certificate that nobody has signed, for this machine's own programs. It is made anew at each start and is nowhere but in memory.</summary>
static class DevelopmentCertificate
{
    const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    static readonly TimeSpan Lifetime = TimeSpan.FromDays(398);

    /// <summary>Makes one.</summary>
    public static ServerCertificate Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        using var bare = request.CreateSelfSigned(now - TimeSpan.FromDays(1), now + Lifetime);
        return ServerCertificate.Create(X509CertificateLoader.LoadPkcs12(bare.Export(X509ContentType.Pkcs12), null), []);
    }
}
