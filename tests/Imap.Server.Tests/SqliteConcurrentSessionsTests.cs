using Imap.Specification.Tests;

namespace Imap.Server.Tests;

public sealed class SqliteConcurrentSessionsTests(SqliteServerFixture fixture)
    : ConcurrentSessionsSpecification<SqliteServerFixture>(fixture), IClassFixture<SqliteServerFixture>;
