using Backend.EfCore.Dialect;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Backend.EfCore;

/// <summary>Adds the mail store to an application.</summary>
public static class MailStoreServiceCollectionExtensions
{
    /// <summary>
    /// Adds the mail store as singletons: <see cref="IBackend"/>, <see cref="IUpdater"/>, <see cref="IUserDirectory"/>, <see cref="ITenantDirectory"/> and
    /// <see cref="IMailStoreDatabase"/>. A <see cref="TimeProvider"/> that is there already is used.
    /// </summary>
    /// <param name="services">Where to add it.</param>
    /// <param name="configure">Names the database, <c>o =&gt; o.UseSqlite("Data Source=mail.db")</c> or <c>UsePostgres("Host=...")</c>, and whatever else differs from the defaults.</param>
    /// <exception cref="InvalidOperationException">No database was named.</exception>
    /// <exception cref="ArgumentException"><see cref="MailStoreOptions.UpdateConnection"/> is no connection string.</exception>
    public static IServiceCollection AddMailStore(this IServiceCollection services, Action<MailStoreOptions> configure)
    {
        var options = new MailStoreOptions();
        configure(options);
        if (options.Dialect is not { } dialect || options.ConfigureDatabase is not { } configureDatabase)
            throw new InvalidOperationException("AddMailStore needs a database: call UseSqlite(\"Data Source=...\") or UsePostgres(\"Host=...\") on the options.");

        // Not only when the store is used is a wrong connection string to be told.
        _ = options.Notifications;
        services.AddPooledDbContextFactory<MailStoreContext>(builder => ConfigureContext(builder, dialect, configureDatabase));
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddSingleton(options);
        services.AddSingleton(dialect);
        services.AddSingleton<MailStoreDatabase>();
        services.AddSingleton<IMailStoreDatabase>(provider => provider.GetRequiredService<MailStoreDatabase>());
        services.AddSingleton<EfBackend>();
        services.AddSingleton<IBackend>(provider => provider.GetRequiredService<EfBackend>());
        services.AddSingleton<IUpdater>(provider => provider.GetRequiredService<MailStoreDatabase>().Updates);
        services.AddSingleton<IUserDirectory, Accounts.EfUserDirectory>();
        services.AddSingleton<ITenantDirectory, Accounts.EfTenantDirectory>();
        return services;
    }

    /// <summary>What every context of the store is configured with, at run time and by dotnet-ef.</summary>
    internal static void ConfigureContext(DbContextOptionsBuilder builder, MailStoreDialect dialect, Action<DbContextOptionsBuilder> configureDatabase)
    {
        configureDatabase(builder);
        ((Microsoft.EntityFrameworkCore.Infrastructure.IDbContextOptionsBuilderInfrastructure)builder).AddOrUpdateExtension(new MailStoreDialectExtension(dialect));
        builder.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        // A context is one operation's at a time. The check looks at every row that is read, and cost as much as reading it.
        builder.EnableThreadSafetyChecks(false);
    }
}
