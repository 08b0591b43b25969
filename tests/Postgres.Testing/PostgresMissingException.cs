namespace Postgres.Testing;

/// <summary>There is no PostgreSQL to test with.</summary>
/// <param name="refused">Why Docker, which is there, has none; null where it is not there.</param>
public sealed class PostgresMissingException(Exception? refused) : Exception(
    $"There is no PostgreSQL to test with: set {PostgresServer.Variable} to a connection string, start Docker, or install the server's binaries (such as apt-get install postgresql)."
    + (refused is null ? "" : $" Docker answers, but: {refused.Message}"),
    refused);
