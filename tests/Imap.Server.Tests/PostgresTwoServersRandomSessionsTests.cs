using System.Net;
using Imap.Specification.Tests;
using Microsoft.AspNetCore.Builder;

namespace Imap.Server.Tests;

/// <summary>The same with two servers on one PostgreSQL database, each with a store of its own: clients connect now to the one, now to the other.</summary>
public sealed class PostgresTwoServersRandomSessionsTests(PostgresServerFixture fixture)
    : RandomSessionsSpecification<PostgresServerFixture>(fixture), IClassFixture<PostgresServerFixture>, IAsyncLifetime
{
    readonly PostgresServerFixture fixture = fixture;
    WebApplication? second;
    IPEndPoint? secondEndPoint;

    protected override IReadOnlyList<IPEndPoint> EndPoints => [fixture.EndPoint, secondEndPoint!];

    public async ValueTask InitializeAsync() => (second, secondEndPoint) = await fixture.StartSecondAsync();

    public ValueTask DisposeAsync() => second?.DisposeAsync() ?? default;
}
