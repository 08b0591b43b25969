using System.Net;
using System.Text.Json;
using Imap.Server.Diagnostics;
using Microsoft.Extensions.Options;

namespace Imap.Server.Tokens;

/// <summary>
/// The keys of the issuer, from a file or a URL, kept as long as they are good. When they cannot be had, those from before stay in use.
/// RFC 7517 §5. Thread-safe.
/// </summary>
sealed class JsonWebKeys : IDisposable
{
    // Between one try and the next: for a file that may have changed, for keys that nobody knows, and after a failure.
    static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(30);

    const int MaxLength = 1024 * 1024;

    readonly SemaphoreSlim gate = new(1);
    readonly HttpClient? client;
    readonly JwtOptions options;
    readonly TimeProvider time;
    readonly ILogger logger;
    volatile IReadOnlyList<JsonWebKey>? keys;
    DateTime stamp;
    long tried;
    long got;

    public JsonWebKeys(IOptions<JwtOptions> options, TimeProvider time, ILogger<JsonWebKeys> logger)
    {
        (this.options, this.time, this.logger) = (options.Value, time, logger);
        if (!Uri.TryCreate(this.options.Keys, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
            return;
        // Whoever could change the keys on their way could be anybody.
        if (uri.Scheme == "http" && !uri.IsLoopback)
            throw new OptionsValidationException("", typeof(JwtOptions), [$"The keys of the issuer have to be fetched by https, not from {uri}."]);
        client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
        {
            Timeout = TimeSpan.FromSeconds(10),
            MaxResponseContentBufferSize = MaxLength,
        };
    }

    /// <summary>The keys.</summary>
    /// <param name="wanted">Whether the one that is needed was not among those of the last time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<IReadOnlyList<JsonWebKey>> GetAsync(bool wanted, CancellationToken cancellationToken)
    {
        if (keys is { } known && !wanted && !IsDue())
            return known;
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (keys is null || (time.GetElapsedTime(tried) >= RetryInterval && (wanted || IsDue())))
                await RefreshAsync(cancellationToken);
            return keys ?? [];
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        client?.Dispose();
        gate.Dispose();
    }

    bool IsDue() => time.GetElapsedTime(Volatile.Read(ref got)) >= (client is null ? RetryInterval : options.RefreshInterval);

    async Task RefreshAsync(CancellationToken cancellationToken)
    {
        tried = time.GetTimestamp();
        try
        {
            var written = client is null ? File.GetLastWriteTimeUtc(options.Keys) : default;
            if (client is not null || keys is null || written != stamp)
            {
                var text = client is null ? await File.ReadAllBytesAsync(options.Keys, cancellationToken) : await FetchAsync(client, cancellationToken);
                using var document = JsonDocument.Parse(text);
                keys = [.. document.RootElement.GetProperty("keys").EnumerateArray().Select(JsonWebKey.Read).OfType<JsonWebKey>()];
                stamp = written;
            }

            Volatile.Write(ref got, tried);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            logger.KeysUnavailable(exception, options.Keys);
            keys ??= [];
        }
    }

    async Task<byte[]> FetchAsync(HttpClient from, CancellationToken cancellationToken)
    {
        using var response = await from.GetAsync(new Uri(options.Keys), cancellationToken);
        return response.StatusCode == HttpStatusCode.OK
            ? await response.Content.ReadAsByteArrayAsync(cancellationToken)
            : throw new HttpRequestException($"The answer is {(int)response.StatusCode}.");
    }
}
