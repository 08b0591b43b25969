using Imap.Specification.Tests;

namespace Imap.Server.Tests;

public sealed class MemoryTranscriptTests(MemoryServerFixture fixture)
    : TranscriptSpecification<MemoryServerFixture>(fixture), IClassFixture<MemoryServerFixture>;
