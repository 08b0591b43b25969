using Backend.EfCore;
using MailStore.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MailStore.Serving;

/// <summary>The store, open for a command that administers it.</summary>
sealed class OpenedStore : IAsyncDisposable
{
    readonly ServiceProvider services;

    OpenedStore(ServiceProvider services) => this.services = services;

    /// <summary>The users of the store.</summary>
    public IUserDirectory Users => services.GetRequiredService<IUserDirectory>();

    /// <summary>The tenants of the store.</summary>
    public ITenantDirectory Tenants => services.GetRequiredService<ITenantDirectory>();

    /// <summary>The database under it.</summary>
    public IMailStoreDatabase Database => services.GetRequiredService<IMailStoreDatabase>();

    /// <summary>Opens the store, and makes it or brings its schema up to date where that is needed.</summary>
    /// <exception cref="UsageException">The configuration is wrong.</exception>
    /// <exception cref="BackendException">The database cannot be used.</exception>
    public static async Task<OpenedStore> OpenOrMakeAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        var (store, _) = await MigrateAsync(configuration, cancellationToken);
        return store;
    }

    /// <summary>As <see cref="OpenOrMakeAsync"/>, and tells which migrations it applied.</summary>
    public static async Task<(OpenedStore Store, IReadOnlyList<string> Applied)> MigrateAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        var settings = StoreSettings.Read(configuration);
        if (settings.Folder is not null)
            Directory.CreateDirectory(settings.Folder);
        var services = Composition.CreateStore(settings, configuration);
        try
        {
            var applied = await services.GetRequiredService<IMailStoreDatabase>().MigrateAsync(cancellationToken);
            return (new OpenedStore(services), applied);
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>The migrations that are still to be applied; the store is neither made nor changed.</summary>
    /// <returns>Their names; null when there is no store.</returns>
    public static async Task<IReadOnlyList<string>?> GetPendingAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        var settings = StoreSettings.Read(configuration);
        await using var services = Composition.CreateStore(settings, configuration);
        var database = services.GetRequiredService<IMailStoreDatabase>();
        return await database.ExistsAsync(cancellationToken) ? await database.GetPendingMigrationsAsync(cancellationToken) : null;
    }

    /// <summary>Opens a store that is there. A mistyped connection makes no new one.</summary>
    /// <exception cref="UsageException">There is none, or the configuration is wrong.</exception>
    /// <exception cref="BackendException">The database cannot be used.</exception>
    public static async Task<OpenedStore> OpenAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        var settings = StoreSettings.Read(configuration);
        await using (var services = Composition.CreateStore(settings, configuration))
            if (!await services.GetRequiredService<IMailStoreDatabase>().ExistsAsync(cancellationToken))
                throw new UsageException($"There is no mail store in {settings.Place}: \"mailstore user add NAME\" or \"mailstore serve\" makes one, or name another with --connection.");
        return await OpenOrMakeAsync(configuration, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => services.DisposeAsync();
}
