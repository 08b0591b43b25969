namespace Postgres.Testing;

/// <summary>There is no PostgreSQL to test with.</summary>
public sealed class PostgresMissingException() : Exception(
    $"There is no PostgreSQL to test with: set {PostgresServer.Variable} to a connection string, start Docker, or install the server's binaries (such as apt-get install postgresql).");
