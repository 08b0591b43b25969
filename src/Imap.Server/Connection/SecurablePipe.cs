using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Imap.Server.Session;
using Imap.Server.Wire;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Imap.Server.Connection;

/// <summary>
/// The octets of a connection in both directions, over which TLS can be laid, at once or by STARTTLS: one way for both. What the client
/// sent in clear behind STARTTLS is taken for the beginning of the handshake, which it breaks, and never for a command. RFC 9051 §6.2.1.
/// </summary>
sealed class SecurablePipe : IAsyncDisposable
{
    // How long saying goodbye on the layer may take. It is a courtesy.
    static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(1);

    readonly ConnectionContext connection;
    readonly ImapServices services;
    PipeReader reader;
    PipeWriter writer;
    PipeStream? belowTls;
    SslStream? tls;
    CompressionLayer? compression;
    readonly bool isTlsElsewhere;

    /// <summary>A connection as it was accepted.</summary>
    public SecurablePipe(ConnectionContext connection, ImapServices services)
    {
        this.connection = connection;
        this.services = services;
        (reader, writer) = (connection.Transport.Input, connection.Transport.Output);
        isTlsElsewhere = connection.Features.Get<ITlsHandshakeFeature>() is not null;
        Writer = new ImapWriter(writer, services.Time, services.Options.SendTimeout);
        Input = new ImapInput(reader, Writer, services.Time, services.Options.LoginTimeout);
    }

    /// <summary>From the client.</summary>
    public ImapInput Input { get; }

    /// <summary>To the client.</summary>
    public ImapWriter Writer { get; }

    /// <summary>The other end.</summary>
    public EndPoint? Remote => connection.RemoteEndPoint;

    /// <summary>Whether all is encrypted: by this server, or by what Kestrel was told to put in front of it.</summary>
    public bool IsEncrypted => tls is not null || isTlsElsewhere;

    /// <summary>Whether all is compressed, under TLS when there is both. RFC 4978 §3.</summary>
    public bool IsCompressed => compression is not null;

    /// <summary>What SCRAM-SHA-256-PLUS binds a login to: <c>tls-server-end-point</c>; null without TLS. RFC 5929 §4.</summary>
    public ReadOnlyMemory<byte>? ServerEndPoint { get; private set; }

    /// <summary>What the server offers because of the connection.</summary>
    public ConnectionTraits Traits =>
        (services.Certificates.IsAvailable && !IsEncrypted ? ConnectionTraits.MayStartTls : 0)
        | (IsEncrypted || services.Options.TakesSecretsInClear(Remote) ? ConnectionTraits.TakesSecrets : 0)
        | (ServerEndPoint is not null ? ConnectionTraits.HasChannelBinding : 0)
        | (services.Tokens is not null ? ConnectionTraits.TakesTokens : 0);

    /// <summary>Shakes hands. Nobody else reads or writes meanwhile, and everything written before has been flushed.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ConnectionEndException">The client does not, or not in time.</exception>
    public async ValueTask StartTlsAsync(CancellationToken cancellationToken)
    {
        var certificate = services.Certificates.Current;
        using var timeout = new CancellationTokenSource(services.Options.HandshakeTimeout, services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        belowTls = new PipeStream(reader, writer);
        var stream = new SslStream(belowTls, leaveInnerStreamOpen: true);
        try
        {
            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = certificate.Context,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                },
                either.Token);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException or OperationCanceledException or InvalidOperationException)
        {
            await stream.DisposeAsync();
            throw ConnectionEndException.NoTls(timeout.IsCancellationRequested ? "The TLS handshake took too long." : $"The TLS handshake failed: {exception.Message}");
        }

        tls = stream;
        ServerEndPoint = certificate.EndPointBinding;
        reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: true));
        writer = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        Input.SwitchTo(reader);
        Writer.SwitchTo(writer);
    }

    /// <summary>Compresses from now on. Everything written before has been flushed.</summary>
    public void StartCompression()
    {
        compression = new CompressionLayer(reader, writer);
        Input.SwitchTo(compression.Reader);
        Writer.SwitchTo(compression.Writer);
    }

    /// <summary>Compresses no more. Everything written before has been flushed. RFC 8437 §4.1.</summary>
    public async ValueTask EndCompressionAsync()
    {
        if (compression is null)
            return;
        await compression.DisposeAsync();
        compression = null;
        Input.SwitchTo(reader, CompressionLayer.LastBlock);
        Writer.SwitchTo(writer);
    }

    /// <summary>Tells the client that nothing more comes, so that it can tell an end from a cut. RFC 8446 §6.1.</summary>
    public async ValueTask EndAsync()
    {
        if (tls is null)
            return;
        try
        {
            await tls.ShutdownAsync().WaitAsync(ClosePatience, services.Time);
        }
        catch (Exception exception) when (exception is IOException or TimeoutException or InvalidOperationException)
        {
            connection.Abort();
        }
    }

    /// <summary>Ends it without a word.</summary>
    public void Abort() => connection.Abort();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Writer.Dispose();
        Input.Dispose();
        if (compression is not null)
            await compression.DisposeAsync();
        if (tls is null)
            return;
        belowTls!.CloseOutput();
        await reader.CompleteAsync();
        await tls.DisposeAsync();
    }
}
