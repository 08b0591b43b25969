using Npgsql;

namespace Backend.EfCore.Postgres;

/// <summary>What a database lacks without which the store works, though not as it could.</summary>
sealed class Advice(string connectionString)
{
    public async Task<IReadOnlyList<string>> AskAsync(CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT
                current_user::text,
                (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user),
                (SELECT proleakproof FROM pg_proc WHERE oid = 'pg_catalog.textlike(text, text)'::regprocedure)
            """;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        if (reader.GetBoolean(1))
            return [$"The role \"{reader.GetString(0)}\" is not held by row-level security (it is a superuser or has BYPASSRLS), so the database would not keep tenants apart if the program did not. Use an ordinary role that owns the database: see docs/deployment.md."];
        return reader.GetBoolean(2)
            ? []
            : [$"Searches in text are right, but PostgreSQL may not use its indexes for them under row-level security. Let a superuser run once in the database \"{settings.Database}\": ALTER FUNCTION pg_catalog.textlike(text, text) LEAKPROOF"];
    }
}
