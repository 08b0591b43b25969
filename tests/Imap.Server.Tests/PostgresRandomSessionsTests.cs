using Imap.Specification.Tests;

namespace Imap.Server.Tests;

public sealed class PostgresRandomSessionsTests(PostgresServerFixture fixture)
    : RandomSessionsSpecification<PostgresServerFixture>(fixture), IClassFixture<PostgresServerFixture>;
