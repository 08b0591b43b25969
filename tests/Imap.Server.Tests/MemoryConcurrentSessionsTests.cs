using Imap.Specification.Tests;

namespace Imap.Server.Tests;

public sealed class MemoryConcurrentSessionsTests(MemoryServerFixture fixture)
    : ConcurrentSessionsSpecification<MemoryServerFixture>(fixture), IClassFixture<MemoryServerFixture>;
