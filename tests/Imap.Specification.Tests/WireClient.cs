using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using System.Text;

namespace Imap.Specification.Tests;

/// <summary>A client that sends what it is told and reads lines: it understands nothing, so that it overlooks nothing.</summary>
public sealed class WireClient : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly byte[] buffer = new byte[64 * 1024];
    Stream? stream;
    int start;
    int end;

    /// <summary>Whether something has come that was not read.</summary>
    public bool HasInput => end > start || socket.Available > 0;

    /// <summary>Connects.</summary>
    public static async Task<WireClient> ConnectAsync(IPEndPoint endPoint)
    {
        var client = new WireClient();
        await client.socket.ConnectAsync(endPoint);
        client.stream = new NetworkStream(client.socket);
        return client;
    }

    /// <summary>Begins TLS, with whatever certificate the server has.</summary>
    public async Task StartTlsAsync()
    {
        Assert.True(start == end, "The server said something in clear that belongs behind the handshake.");
        using var timeout = new CancellationTokenSource(Patience);
        var tls = new SslStream(Wire);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null }, timeout.Token);
        stream = tls;
    }

    /// <summary>Compresses from now on. RFC 4978 §3.</summary>
    public void StartCompression()
    {
        Assert.True(start == end, "The server said something uncompressed that belongs behind COMPRESS.");
        stream = new DeflatedStream(Wire);
    }

    /// <summary>Compresses no more. RFC 8437 §4.1.</summary>
    public void EndCompression() => stream = ((DeflatedStream)Wire).Below;

    /// <summary>Sends octets.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> octets)
    {
        try
        {
            await Wire.WriteAsync(octets);
            await Wire.FlushAsync();
        }
        catch (IOException exception) when (exception.InnerException is SocketException)
        {
            // As the socket says it.
            ExceptionDispatchInfo.Throw(exception.InnerException);
        }
    }

    /// <summary>Sends text, each character an octet.</summary>
    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Reads a line, without its CRLF; null when the server has closed.</summary>
    public async Task<string?> ReadLineAsync(TimeSpan? patience = null)
    {
        using var timeout = new CancellationTokenSource(patience ?? Patience);
        var line = new StringBuilder();
        while (true)
        {
            var newline = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            var taken = newline < 0 ? end - start : newline + 1;
            line.Append(Encoding.Latin1.GetString(buffer, start, taken));
            start += taken;
            if (newline >= 0)
                return line.Length > 1 && line[^2] == '\r' ? line.ToString(0, line.Length - 2) : throw new InvalidDataException($"A line without CR: {line}");
            if (!await FillAsync(timeout.Token))
                return line.Length == 0 ? null : throw new InvalidDataException($"The server closed within a line: {line}");
        }
    }

    /// <summary>Reads exactly so many octets.</summary>
    public async Task<byte[]> ReadOctetsAsync(int count)
    {
        using var timeout = new CancellationTokenSource(Patience);
        var octets = new byte[count];
        for (var at = 0; at < count;)
        {
            if (start == end && !await FillAsync(timeout.Token))
                throw new InvalidDataException($"The server closed after {at} of {count} octets.");
            var taken = Math.Min(count - at, end - start);
            buffer.AsSpan(start, taken).CopyTo(octets.AsSpan(at));
            (start, at) = (start + taken, at + taken);
        }

        return octets;
    }

    /// <summary>Sends a command and reads everything up to its tagged response, that included.</summary>
    public async Task<IReadOnlyList<string>> CommandAsync(string tag, string command)
    {
        await SendAsync($"{tag} {command}\r\n");
        return await ReadUntilTaggedAsync(tag);
    }

    /// <summary>Reads everything up to a tagged response, that included.</summary>
    public async Task<IReadOnlyList<string>> ReadUntilTaggedAsync(string tag)
    {
        var lines = new List<string>();
        do
            lines.Add(await ReadLineAsync() ?? throw new InvalidDataException($"The server closed before it answered {tag}: {string.Join(" | ", lines)}"));
        while (!lines[^1].StartsWith(tag + " ", StringComparison.Ordinal));
        return lines;
    }

    /// <summary>Says that nothing more will be sent.</summary>
    public void ShutSend() => socket.Shutdown(SocketShutdown.Send);

    /// <inheritdoc/>
    public void Dispose()
    {
        stream?.Dispose();
        socket.Dispose();
    }

    Stream Wire => stream ?? throw new InvalidOperationException("Not connected.");

    async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        (start, end) = (0, 0);
        try
        {
            end = await Wire.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException("The server said nothing.");
        }

        return end > 0;
    }
}
