using Imap.Specification.Tests;

namespace Imap.Server.Tests;

public sealed class MemoryRandomSessionsTests(MemoryServerFixture fixture)
    : RandomSessionsSpecification<MemoryServerFixture>(fixture), IClassFixture<MemoryServerFixture>;
