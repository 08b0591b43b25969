using Imap.Specification.Tests;

namespace Imap.Server.Tests;

public sealed class SqliteHostileInputTests(SqliteServerFixture fixture)
    : HostileInputSpecification<SqliteServerFixture>(fixture), IClassFixture<SqliteServerFixture>;
