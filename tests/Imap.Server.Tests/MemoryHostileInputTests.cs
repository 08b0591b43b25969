using Imap.Specification.Tests;

namespace Imap.Server.Tests;

public sealed class MemoryHostileInputTests(MemoryServerFixture fixture)
    : HostileInputSpecification<MemoryServerFixture>(fixture), IClassFixture<MemoryServerFixture>;
