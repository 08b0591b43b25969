using Imap.Specification.Tests;

namespace Imap.Server.Tests;

public sealed class PostgresHostileInputTests(PostgresServerFixture fixture)
    : HostileInputSpecification<PostgresServerFixture>(fixture), IClassFixture<PostgresServerFixture>;
