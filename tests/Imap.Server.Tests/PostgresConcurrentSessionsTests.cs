using Imap.Specification.Tests;

namespace Imap.Server.Tests;

public sealed class PostgresConcurrentSessionsTests(PostgresServerFixture fixture)
    : ConcurrentSessionsSpecification<PostgresServerFixture>(fixture), IClassFixture<PostgresServerFixture>;
