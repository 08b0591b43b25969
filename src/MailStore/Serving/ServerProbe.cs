using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using MailStore.Configuration;

namespace MailStore.Serving;

/// <summary>A client that only looks whether an IMAP server answers, and how.</summary>
sealed class ServerProbe(TimeProvider clock)
{
    /// <summary>How long a server has for all of it.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    // More than any greeting; whatever sends more than that is none.
    const int MaxLength = 8192;

    static readonly byte[] Logout = "a LOGOUT\r\n"u8.ToArray();

    /// <summary>Connects, reads the greeting and logs out.</summary>
    /// <returns>The greeting, one line.</returns>
    /// <exception cref="IOException">Nobody answers, or not as an IMAP server that takes clients.</exception>
    public async Task<string> GreetAsync(ListenAddress address, CancellationToken cancellationToken)
    {
        using var expired = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expired.Token, cancellationToken);
        try
        {
            return await TalkAsync(address, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"{address} does not answer within {Timeout.TotalSeconds:0} seconds.");
        }
        catch (SocketException exception)
        {
            throw new IOException($"{address} cannot be connected to: {exception.Message}.", exception);
        }
    }

    // Whether the server lives is asked, and not who has signed its certificate.
    static async Task<Stream> OpenAsync(TcpClient client, ListenAddress address, string host, CancellationToken cancellationToken)
    {
        if (!address.IsTls)
            return client.GetStream();
        var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host, RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null }, cancellationToken);
            return tls;
        }
        catch (AuthenticationException exception)
        {
            await tls.DisposeAsync();
            throw new IOException($"{address} does not speak TLS: {exception.Message}", exception);
        }
    }

    static async Task<string> TalkAsync(ListenAddress address, CancellationToken cancellationToken)
    {
        var (host, port) = address.ForClient(address.Port);
        using var client = new TcpClient();
        await client.ConnectAsync(host, port, cancellationToken);
        await using var stream = await OpenAsync(client, address, host, cancellationToken);
        var remaining = new byte[MaxLength];
        var length = 0;
        var greeting = await ReadLineAsync();
        // BYE: it takes no clients, or no more. RFC 9051 §7.1.5.
        if (greeting.StartsWith("* BYE", StringComparison.OrdinalIgnoreCase))
            throw new IOException($"{address} refuses: {greeting}");
        await stream.WriteAsync(Logout, cancellationToken);
        for (var line = greeting; !line.StartsWith("a OK", StringComparison.Ordinal); line = await ReadLineAsync())
            if (!line.StartsWith("* ", StringComparison.Ordinal))
                throw new IOException($"{address} is no IMAP server: it says \"{line}\".");
        return greeting;

        async Task<string> ReadLineAsync()
        {
            int end;
            while ((end = remaining.AsSpan(0, length).IndexOf((byte)'\n')) < 0)
            {
                var read = length < remaining.Length ? await stream.ReadAsync(remaining.AsMemory(length), cancellationToken) : 0;
                if (read == 0)
                    throw new IOException(length < remaining.Length ? $"{address} ends the connection." : $"{address} is no IMAP server: its line has no end.");
                length += read;
            }

            var line = Encoding.UTF8.GetString(remaining, 0, end).TrimEnd('\r');
            length -= end + 1;
            Array.Copy(remaining, end + 1, remaining, 0, length);
            return line;
        }
    }
}
