using Imap.Specification.Tests;

namespace Imap.Server.Tests;

public sealed class SqliteTranscriptTests(SqliteServerFixture fixture)
    : TranscriptSpecification<SqliteServerFixture>(fixture), IClassFixture<SqliteServerFixture>;
