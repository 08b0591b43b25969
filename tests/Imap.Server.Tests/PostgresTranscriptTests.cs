using Imap.Specification.Tests;

namespace Imap.Server.Tests;

public sealed class PostgresTranscriptTests(PostgresServerFixture fixture)
    : TranscriptSpecification<PostgresServerFixture>(fixture), IClassFixture<PostgresServerFixture>;
