using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Imap.Server.Tokens;
using MailKit.Net.Imap;
using MailKit.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Imap.Server.Tests.Logins;

/// <summary>Which JSON web tokens are taken, and which never. RFC 7519 §7.2; RFC 7515; RFC 8725 §3.</summary>
public sealed class JwtTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("imap-server-tests-").FullName;
    readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    readonly RSA rsa = RSA.Create(2048);
    readonly ECDsa curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    string File => Path.Combine(folder, "keys.json");

    public void Dispose()
    {
        rsa.Dispose();
        curve.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task A_token_that_is_right_in_everything_is_taken(string algorithm) =>
        Assert.Equal("user", (await JudgeAsync(Sign(algorithm, Claims()))).Username);

    [Theory]
    [InlineData("iss", "https://other.example")]
    [InlineData("iss", null)]
    [InlineData("aud", "other")]
    [InlineData("aud", null)]
    [InlineData("exp", -100)]
    [InlineData("exp", null)]
    [InlineData("nbf", 100)]
    [InlineData("email", null)]
    [InlineData("email", "")]
    [InlineData("email_verified", false)]
    public async Task A_token_that_is_wrong_in_one_thing_is_not(string claim, object? value)
    {
        var claims = Claims();
        claims[claim] = value is int seconds ? time.GetUtcNow().ToUnixTimeSeconds() + seconds : JsonSerializer.SerializeToNode(value);

        Assert.Equal(TokenResult.Invalid, await JudgeAsync(Sign("RS256", claims)));
    }

    [Fact]
    public async Task Clocks_may_differ_a_little_and_the_audience_may_be_one_of_several()
    {
        var claims = Claims();
        claims["exp"] = time.GetUtcNow().ToUnixTimeSeconds() - 30;
        claims["nbf"] = time.GetUtcNow().ToUnixTimeSeconds() + 30;
        claims["aud"] = new JsonArray("other", "mail");

        Assert.Equal("user", (await JudgeAsync(Sign("RS256", claims))).Username);
    }

    [Fact]
    public async Task A_scope_that_is_wanted_has_to_be_there()
    {
        var claims = Claims();
        Assert.Equal(TokenResult.InsufficientScope, await JudgeAsync(Sign("RS256", claims), static options => options.Scope = "mail"));
        claims["scope"] = "openid mails";
        Assert.Equal(TokenResult.InsufficientScope, await JudgeAsync(Sign("RS256", claims), static options => options.Scope = "mail"));
        claims["scope"] = "openid mail";
        Assert.Equal("user", (await JudgeAsync(Sign("RS256", claims), static options => options.Scope = "mail")).Username);
    }

    [Fact]
    public async Task A_token_that_chooses_its_own_algorithm_is_not_taken()
    {
        var claims = Claims();
        var none = Encode("""{"alg":"none"}""") + "." + Encode(claims.ToJsonString()) + ".";
        Assert.Equal(TokenResult.Invalid, await JudgeAsync(none));
        Assert.Equal(TokenResult.Invalid, await JudgeAsync(none.Replace(Encode("""{"alg":"none"}"""), Encode("""{"alg":"nOnE"}"""), StringComparison.Ordinal)));

        // A public key that is taken for a shared secret.
        var head = Encode("""{"alg":"HS256","kid":"rsa"}""") + "." + Encode(claims.ToJsonString());
        foreach (var secret in new[] { rsa.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()), rsa.ExportParameters(false).Modulus! })
            Assert.Equal(TokenResult.Invalid, await JudgeAsync($"{head}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(head)))}"));
    }

    [Fact]
    public async Task A_signature_of_another_key_and_of_another_text_is_not_taken()
    {
        using var other = RSA.Create(2048);
        Assert.Equal(TokenResult.Invalid, await JudgeAsync(Sign("RS256", Claims(), other)));
        // The key of the other kind, by its name.
        Assert.Equal(TokenResult.Invalid, await JudgeAsync(Sign("RS256", Claims(), header: """{"alg":"RS256","kid":"curve"}""")));
        Assert.Equal(TokenResult.Invalid, await JudgeAsync(Sign("RS256", Claims(), header: """{"alg":"ES256","kid":"rsa"}""")));

        var parts = Sign("RS256", Claims()).Split('.');
        var claims = Claims();
        claims["email"] = "admin";
        Assert.Equal(TokenResult.Invalid, await JudgeAsync($"{parts[0]}.{Encode(claims.ToJsonString())}.{parts[2]}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("e30.e30.e30")]
    [InlineData("W10.W10.W10")]
    [InlineData("!.!.!")]
    [InlineData("MQ.MQ.MQ")]
    public async Task What_is_no_token_is_not_taken(string token) => Assert.Equal(TokenResult.Invalid, await JudgeAsync(token));

    /// <summary>A header is anybody's, signed or not.</summary>
    [Theory]
    [InlineData("""{"alg":"\ud800"}""")]
    [InlineData("""{"alg":"RS256","kid":"\udc00"}""")]
    [InlineData("""{"\ud800":1,"alg":"RS256"}""")]
    public async Task A_token_whose_texts_are_no_Unicode_is_not_taken(string header) =>
        Assert.Equal(TokenResult.Invalid, await JudgeAsync($"{Encode(header)}.e30.e30"));

    [Fact]
    public async Task A_critical_extension_that_nobody_knows_is_not_taken() =>
        Assert.Equal(TokenResult.Invalid, await JudgeAsync(Sign("RS256", Claims(), header: """{"alg":"RS256","kid":"rsa","crit":["b64"],"b64":false}""")));

    [Fact]
    public async Task A_short_key_is_of_no_use()
    {
        using var small = RSA.Create(1024);
        WriteKeys(Describe(small, "rsa"));
        Assert.Equal(TokenResult.Invalid, await JudgeAsync(Sign("RS256", Claims(), small), writesKeys: false));
    }

    [Fact]
    public async Task A_key_that_is_new_in_the_file_is_found_and_a_broken_file_leaves_the_old()
    {
        using var next = RSA.Create(2048);
        WriteKeys(Describe(rsa, "rsa"));
        using var keys = Keys();
        var validator = Validator(keys);
        var token = Sign("RS256", Claims(), next, """{"alg":"RS256","kid":"next"}""");
        Assert.Equal(TokenResult.Invalid, await validator.ValidateAsync(token, Token));

        WriteKeys(Describe(rsa, "rsa"), Describe(next, "next"));
        System.IO.File.SetLastWriteTimeUtc(File, DateTime.UtcNow.AddMinutes(1));
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("user", (await validator.ValidateAsync(token, Token)).Username);

        await System.IO.File.WriteAllTextAsync(File, "{", Token);
        System.IO.File.SetLastWriteTimeUtc(File, DateTime.UtcNow.AddMinutes(2));
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("user", (await validator.ValidateAsync(token, Token)).Username);
    }

    [Fact]
    public async Task Keys_come_from_a_url_and_are_kept()
    {
        var (asked, fails) = (0, false);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var issuer = builder.Build();
        issuer.MapGet("/keys", () =>
        {
            asked++;
            return fails ? Results.StatusCode(500) : Results.Text(KeySet(Describe(rsa, "rsa")));
        });
        await issuer.StartAsync(Token);
        var address = issuer.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        using var keys = Keys(options => options.Keys = $"{address}/keys");
        var validator = Validator(keys);

        for (var i = 0; i < 5; i++)
            Assert.Equal("user", (await validator.ValidateAsync(Sign("RS256", Claims()), Token)).Username);
        Assert.Equal(1, asked);

        // Keys that nobody knows are asked for, and not at each token.
        time.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 5; i++)
            Assert.Equal(TokenResult.Invalid, await validator.ValidateAsync(Sign("RS256", Claims(), header: $$"""{"alg":"RS256","kid":"unknown{{i}}"}"""), Token));
        Assert.Equal(2, asked);

        fails = true;
        time.Advance(TimeSpan.FromHours(2));
        Assert.Equal("user", (await validator.ValidateAsync(Sign("RS256", Claims()), Token)).Username);
        Assert.Equal(3, asked);
    }

    [Fact]
    public void Keys_are_not_fetched_in_clear_from_elsewhere() =>
        Assert.Throws<OptionsValidationException>(() => Keys(static options => options.Keys = "http://issuer.example/keys"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MailKit_logs_in_with_a_token(bool isBearer)
    {
        WriteKeys(Describe(rsa, "rsa"), Describe(curve, "curve"));
        using var keys = Keys();
        await using var server = await ImapTestServer.StartAsync(time: time, tokens: Validator(keys));
        using var client = new ImapClient { ServerCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null, CheckCertificateRevocation = false };
        await client.ConnectAsync("127.0.0.1", server.TlsEndPoint.Port, SecureSocketOptions.SslOnConnect, Token);
        Assert.Contains("OAUTHBEARER", client.AuthenticationMechanisms);
        await Assert.ThrowsAsync<AuthenticationException>(() => client.AuthenticateAsync(Create("nonsense"), Token));
        await Assert.ThrowsAsync<AuthenticationException>(() => client.AuthenticateAsync(Create(Sign("ES256", Claims()), "other"), Token));

        await client.AuthenticateAsync(Create(Sign("ES256", Claims())), Token);

        Assert.True(client.IsAuthenticated);

        SaslMechanism Create(string token, string name = "user") => isBearer ? new SaslMechanismOAuthBearer(name, token) : new SaslMechanismOAuth2(name, token);
    }

    static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    static string KeySet(params JsonObject[] keys) => new JsonObject { ["keys"] = new JsonArray([.. keys]) }.ToJsonString();

    static JsonObject Describe(RSA key, string id)
    {
        var parameters = key.ExportParameters(false);
        return new JsonObject { ["kty"] = "RSA", ["kid"] = id, ["use"] = "sig", ["n"] = Base64Url.EncodeToString(parameters.Modulus), ["e"] = Base64Url.EncodeToString(parameters.Exponent) };
    }

    static JsonObject Describe(ECDsa key, string id)
    {
        var parameters = key.ExportParameters(false);
        return new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = id, ["x"] = Base64Url.EncodeToString(parameters.Q.X), ["y"] = Base64Url.EncodeToString(parameters.Q.Y) };
    }

    JsonObject Claims() => new()
    {
        ["iss"] = "https://issuer.example",
        ["aud"] = "mail",
        ["exp"] = time.GetUtcNow().ToUnixTimeSeconds() + 600,
        ["email"] = "user",
        ["email_verified"] = true,
    };

    string Sign(string algorithm, JsonObject claims, RSA? key = null, string? header = null)
    {
        var head = Encode(header ?? $$"""{"alg":"{{algorithm}}","kid":"{{(algorithm == "ES256" ? "curve" : "rsa")}}","typ":"JWT"}""") + "." + Encode(claims.ToJsonString());
        var octets = Encoding.ASCII.GetBytes(head);
        var signature = algorithm == "ES256"
            ? curve.SignData(octets, HashAlgorithmName.SHA256)
            : (key ?? rsa).SignData(octets, HashAlgorithmName.SHA256, algorithm == "RS256" ? RSASignaturePadding.Pkcs1 : RSASignaturePadding.Pss);
        return $"{head}.{Base64Url.EncodeToString(signature)}";
    }

    void WriteKeys(params JsonObject[] keys) => System.IO.File.WriteAllText(File, KeySet(keys));

    IOptions<JwtOptions> Options(Action<JwtOptions>? configure)
    {
        var options = new JwtOptions { Keys = File, Issuer = "https://issuer.example", Audience = "mail" };
        configure?.Invoke(options);
        return Microsoft.Extensions.Options.Options.Create(options);
    }

    JsonWebKeys Keys(Action<JwtOptions>? configure = null) => new(Options(configure), time, NullLogger<JsonWebKeys>.Instance);

    JwtValidator Validator(JsonWebKeys keys, Action<JwtOptions>? configure = null) => new(keys, Options(configure), time, NullLogger<JwtValidator>.Instance);

    async Task<TokenResult> JudgeAsync(string token, Action<JwtOptions>? configure = null, bool writesKeys = true)
    {
        if (writesKeys)
            WriteKeys(Describe(rsa, "rsa"), Describe(curve, "curve"));
        using var keys = Keys(configure);
        return await Validator(keys, configure).ValidateAsync(token, Token);
    }
}
