using Microsoft.Extensions.DependencyInjection;

namespace Backend.Memory;

/// <summary>Adds the mail store in memory to an application.</summary>
public static class MemoryServiceCollectionExtensions
{
    /// <summary>
    /// Adds a mail store in memory as singletons: <see cref="MemoryBackend"/>, which is also the <see cref="IBackend"/>, the
    /// <see cref="IUserDirectory"/>, the <see cref="ITenantDirectory"/> and the <see cref="IUpdater"/>. A <see cref="TimeProvider"/> that is there is used.
    /// </summary>
    /// <param name="services">Where to add it.</param>
    public static IServiceCollection AddMemoryMailStore(this IServiceCollection services)
    {
        services.AddSingleton(static provider => new MemoryBackend(provider.GetService<TimeProvider>()));
        services.AddSingleton<IBackend>(static provider => provider.GetRequiredService<MemoryBackend>());
        services.AddSingleton<IUserDirectory>(static provider => provider.GetRequiredService<MemoryBackend>());
        services.AddSingleton<ITenantDirectory>(static provider => provider.GetRequiredService<MemoryBackend>());
        services.AddSingleton<IUpdater>(static provider => provider.GetRequiredService<MemoryBackend>());
        return services;
    }
}
