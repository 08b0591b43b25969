using Backend.EfCore;
using Backend.EfCore.Postgres;
using Backend.EfCore.Sqlite;
using Imap.Server;
using Imap.Server.Tokens;
using MailStore.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace MailStore;

/// <summary>Puts the store and the server together: the one place that knows which database is under the one and which backend behind the other.</summary>
static class Composition
{
    const string Logging = "Logging";

    /// <summary>The store alone, for the commands that administer it. It logs only what the configuration asks for: their errors are told by exceptions.</summary>
    /// <exception cref="UsageException">The configuration is wrong.</exception>
    public static ServiceProvider CreateStore(StoreSettings settings, IConfiguration configuration)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => AddConsole(logging.SetMinimumLevel(LogLevel.None).AddConfiguration(configuration.GetSection(Logging))));
        AddStore(services, settings, configuration);
        return services.BuildServiceProvider();
    }

    /// <summary>The store with the IMAP server, listening on these addresses once it is started.</summary>
    /// <exception cref="UsageException">The configuration is wrong, or there is no certificate where one is needed.</exception>
    public static WebApplication CreateServer(StoreSettings settings, IReadOnlyList<ListenAddress> addresses, IConfiguration configuration, string version)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "mailstore" });
        builder.Configuration.AddConfiguration(configuration);
        // The host speaks of HTTP, and of a start that failed with a stack trace; this program says the same in its own words.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical).AddConfiguration(configuration.GetSection(Logging));
        AddConsole(builder.Logging);
        AddStore(builder.Services, settings, configuration);
        var makesCertificate = ServerSettings.NeedsDevelopmentCertificate(configuration, addresses);
        builder.Services.AddImapServer(options =>
        {
            options.TlsDevelopmentCertificate = makesCertificate;
            options.ServerVersion = version;
            options.MaxAppendSize = StoreOptions(configuration).MaxMessageSize;
            Bind(configuration, "Imap", options);
        });
        if (configuration[$"{ServerSettings.TokenSection}:{nameof(JwtOptions.Keys)}"] is { Length: > 0 })
            builder.Services.AddImapTokens(options => Bind(configuration, ServerSettings.TokenSectionName, options));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            foreach (var address in addresses)
                Listen(kestrel, address, endpoint => _ = address.IsTls ? endpoint.UseImapOverTls() : endpoint.UseImap());
        });
        return builder.Build();
    }

    static void AddStore(IServiceCollection services, StoreSettings settings, IConfiguration configuration)
    {
        try
        {
            services.AddMailStore(options => Configure(options, settings, configuration));
        }
        catch (ArgumentException exception)
        {
            // With a password in it, maybe.
            throw new UsageException($"The configuration is wrong: {StoreSettings.Section}:Store:{nameof(MailStoreOptions.UpdateConnection)} is no connection string for PostgreSQL. {Fault(exception)}");
        }
    }

    static void Configure(MailStoreOptions options, StoreSettings settings, IConfiguration configuration)
    {
        Bind(configuration, "Store", options);
        try
        {
            _ = settings.Provider == StoreSettings.Postgres ? options.UsePostgres(settings.Connection) : options.UseSqlite(settings.Connection);
        }
        catch (ArgumentException exception)
        {
            throw settings.Fault(Fault(exception));
        }
    }

    static string Fault(ArgumentException exception) => exception.Message.Split(" (Parameter")[0];

    static MailStoreOptions StoreOptions(IConfiguration configuration)
    {
        var options = new MailStoreOptions();
        Bind(configuration, "Store", options);
        return options;
    }

    static void Bind(IConfiguration configuration, string section, object options)
    {
        try
        {
            configuration.GetSection($"{StoreSettings.Section}:{section}").Bind(options);
        }
        catch (InvalidOperationException exception)
        {
            throw new UsageException($"The configuration is wrong: {exception.Message}");
        }
    }

    static void AddConsole(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:sszzz ";
        });
        // Standard output is for what was asked for.
        logging.Services.Configure<ConsoleLoggerOptions>(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    static void Listen(KestrelServerOptions kestrel, ListenAddress address, Action<ListenOptions> configure)
    {
        if (address.Address is { } ip)
            kestrel.Listen(ip, address.Port, configure);
        else
            kestrel.ListenLocalhost(address.Port, configure);
    }
}
