using Imap.Specification.Tests;

namespace Imap.Server.Tests;

public sealed class SqliteRandomSessionsTests(SqliteServerFixture fixture)
    : RandomSessionsSpecification<SqliteServerFixture>(fixture), IClassFixture<SqliteServerFixture>;
