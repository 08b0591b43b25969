using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Imap.Server.Tokens;

/// <summary>Adds logins by token to the IMAP server.</summary>
public static class TokenServiceCollectionExtensions
{
    /// <summary>Takes signed JSON web tokens (RFC 7519) in place of passwords: OAUTHBEARER (RFC 7628) and XOAUTH2.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddImapTokens(this IServiceCollection services, Action<JwtOptions> configure)
    {
        services.AddOptions<JwtOptions>().ValidateDataAnnotations().ValidateOnStart().Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<JsonWebKeys>();
        services.TryAddSingleton<ITokenValidator, JwtValidator>();
        return services;
    }
}
