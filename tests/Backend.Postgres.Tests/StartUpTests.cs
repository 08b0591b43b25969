using Npgsql;
using Postgres.Testing;

namespace Backend.Postgres.Tests;

/// <summary>A server or a database that cannot be used is refused with a text for the operator, and is left as it was.</summary>
public sealed class StartUpTests(TestServer server) : IAsyncDisposable
{
    readonly List<string> roles = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var role in roles)
            await PostgresServer.ExecuteAsync((await server.StartAsync()).ForAdministrator("postgres"), $"DROP ROLE {role}", CancellationToken.None);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        await RefusedAsync("Host=127.0.0.1;Port=1;Database=mailstore;Username=mailstore", "No PostgreSQL server answers at 127.0.0.1:1");
        await RefusedAsync("Host=/nowhere;Database=mailstore;Username=mailstore", "No PostgreSQL server answers in /nowhere");
        await RefusedAsync("Host=no-such-host.invalid;Database=mailstore;Username=mailstore", "no-such-host.invalid");
    }

    [Fact]
    public async Task A_wrong_password_is_told_and_not_repeated()
    {
        var settings = new NpgsqlConnectionStringBuilder((await server.StartAsync()).ForNewDatabase()) { Password = "not the password" };

        var text = await RefusedAsync(settings.ConnectionString, $"refuses the user \"{settings.Username}\"");

        Assert.DoesNotContain("not the password", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_make_the_database_learns_what_to_ask_for()
    {
        await using var store = await StoreOfAsync("CREATE ROLE {0} LOGIN PASSWORD 'x'");

        var text = await RefusedAsync(store);

        Assert.Contains("There is no database", text, StringComparison.Ordinal);
        Assert.Contains("CREATE DATABASE", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_make_the_database_gets_it()
    {
        await using var store = await StoreOfAsync("CREATE ROLE {0} LOGIN CREATEDB PASSWORD 'x'");

        Assert.NotEmpty(await store.Database.MigrateAsync(PostgresStore.Token));
        Assert.Equal("UTF8", await store.ScalarAsync<string>("SELECT current_setting('server_encoding')"));
    }

    [Fact]
    public async Task Who_may_not_make_tables_learns_what_to_ask_for()
    {
        await using var store = await StoreOfAsync("CREATE ROLE {0} LOGIN PASSWORD 'x'");
        var database = new NpgsqlConnectionStringBuilder(store.ConnectionString).Database!;
        await store.CreateDatabaseAsync();
        await AdministerAsync("REVOKE CREATE ON SCHEMA public FROM PUBLIC", database);

        Assert.Contains("GRANT CREATE ON SCHEMA public", await RefusedAsync(store), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_of_another_program_is_refused_and_kept()
    {
        await using var store = new PostgresStore(await server.StartAsync());
        await store.CreateDatabaseAsync();
        await store.ExecuteAsync("CREATE TABLE users (id int)");

        Assert.Contains("belongs to another program", await RefusedAsync(store), StringComparison.Ordinal);
        Assert.Equal(1L, await store.ScalarAsync<long>("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Fact]
    public async Task The_database_of_another_program_with_migrations_is_refused()
    {
        await using var store = new PostgresStore(await server.StartAsync());
        await store.CreateDatabaseAsync();
        await store.ExecuteAsOwnerAsync("""CREATE TABLE "__EFMigrationsHistory" ("MigrationId" text, "ProductVersion" text); INSERT INTO "__EFMigrationsHistory" VALUES ('20200101000000_Theirs', '5.0.0')""");

        Assert.Contains("belongs to another program", await RefusedAsync(store), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a-b")]
    [InlineData("Mail Store")]
    public async Task A_store_works_in_a_schema_of_any_name(string schema)
    {
        await using var store = new PostgresStore(await server.StartAsync());
        await store.CreateDatabaseAsync();
        await store.ExecuteAsOwnerAsync($"CREATE SCHEMA \"{schema}\"");
        await using var within = store.OpenAs(new NpgsqlConnectionStringBuilder(store.ConnectionString) { SearchPath = $"\"{schema}\"" }.ConnectionString, static _ => { });

        Assert.NotEmpty(await within.Database.MigrateAsync(PostgresStore.Token));
        Assert.Empty(await within.Database.GetPendingMigrationsAsync(PostgresStore.Token));
        Assert.True(await within.Database.ExistsAsync(PostgresStore.Token));
        Assert.False(await store.Database.ExistsAsync(PostgresStore.Token));
    }

    [Fact]
    public async Task Without_a_schema_to_use_the_operator_learns_what_to_ask_for()
    {
        await using var store = new PostgresStore(await server.StartAsync());
        await store.CreateDatabaseAsync();
        await using var nowhere = store.OpenAs(new NpgsqlConnectionStringBuilder(store.ConnectionString) { SearchPath = "nowhere" }.ConnectionString, static _ => { });

        var text = await RefusedAsync(nowhere);

        Assert.Contains("has no schema that", text, StringComparison.Ordinal);
        Assert.Contains("CREATE SCHEMA", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_schema_is_refused()
    {
        await using var store = new PostgresStore(await server.StartAsync());
        await store.Database.MigrateAsync(PostgresStore.Token);
        await store.ExecuteAsync("""INSERT INTO "__EFMigrationsHistory" VALUES ('29991231235959_FromTheFuture', '99.0.0')""");

        Assert.Contains("newer version", await RefusedAsync(store), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_another_encoding_is_refused()
    {
        await using var store = new PostgresStore(await server.StartAsync());
        await store.CreateDatabaseAsync($"ENCODING 'LATIN1' LOCALE 'C'{await ClassicLocaleAsync()} TEMPLATE template0");

        Assert.Contains("has the encoding LATIN1", await RefusedAsync(store), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_only_read_is_refused()
    {
        await using var store = new PostgresStore(await server.StartAsync());
        await store.Database.MigrateAsync(PostgresStore.Token);
        await store.ExecuteAsync($"ALTER DATABASE {new NpgsqlConnectionStringBuilder(store.ConnectionString).Database} SET default_transaction_read_only = on");

        Assert.Contains("only reads", await RefusedAsync(store), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Database=mailstore", "Host")]
    [InlineData("Host=localhost", "Database")]
    [InlineData("Data Source", "initialization string")]
    public async Task A_connection_string_that_says_too_little_is_refused(string connectionString, string text)
    {
        var started = await server.StartAsync();
        var refused = Assert.ThrowsAny<ArgumentException>(() => new PostgresStore(started, connectionString, isOwner: false));

        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ordinary_role_on_a_prepared_database_needs_no_advice_and_others_are_told_what_to_do()
    {
        var started = await server.StartAsync();
        await using var store = new PostgresStore(started);
        await store.Database.MigrateAsync(PostgresStore.Token);
        await store.ExecuteAsync("ALTER FUNCTION pg_catalog.textlike(text, text) LEAKPROOF");
        Assert.Empty(await store.Database.GetAdviceAsync(PostgresStore.Token));

        await store.ExecuteAsync("ALTER FUNCTION pg_catalog.textlike(text, text) NOT LEAKPROOF");
        Assert.EndsWith(": ALTER FUNCTION pg_catalog.textlike(text, text) LEAKPROOF", Assert.Single(await store.Database.GetAdviceAsync(PostgresStore.Token)), StringComparison.Ordinal);

        await using var careless = new PostgresStore(started, store.AdministratorString, isOwner: false);
        Assert.Contains("is not held by row-level security", Assert.Single(await careless.Database.GetAdviceAsync(PostgresStore.Token)), StringComparison.Ordinal);
    }

    /// <summary>A store of a role of its own, which is not there before.</summary>
    async Task<PostgresStore> StoreOfAsync(string createRole)
    {
        var settings = new NpgsqlConnectionStringBuilder((await server.StartAsync()).ForNewDatabase());
        (settings.Username, settings.Password) = ($"role_{settings.Database}", "x");
        roles.Add(settings.Username);
        await AdministerAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, createRole, settings.Username));
        return new PostgresStore(await server.StartAsync(), settings.ConnectionString, isOwner: true);
    }

    async Task<string> ClassicLocaleAsync() =>
        await PostgresServer.ExecuteAsync((await server.StartAsync()).ForAdministrator("postgres"), "SELECT current_setting('server_version_num')::int >= 150000", PostgresStore.Token) is true ? " LOCALE_PROVIDER libc" : "";

    async Task AdministerAsync(string sql, string database = "postgres") => await PostgresServer.ExecuteAsync((await server.StartAsync()).ForAdministrator(database), sql, PostgresStore.Token);

    static async Task<string> RefusedAsync(PostgresStore store)
    {
        var refused = await Assert.ThrowsAsync<BackendException>(() => store.Database.MigrateAsync(PostgresStore.Token));

        Assert.Equal(BackendError.Unavailable, refused.Error);
        return refused.Message;
    }

    async Task<string> RefusedAsync(string connectionString, string text)
    {
        await using var store = new PostgresStore(await server.StartAsync(), connectionString, isOwner: false);
        var message = await RefusedAsync(store);

        Assert.Contains(text, message, StringComparison.Ordinal);
        return message;
    }
}
