using Postgres.Testing;

namespace Backend.Postgres.Tests;

/// <summary>Which server the tests take.</summary>
public sealed class ServerChoiceTests
{
    static readonly PostgresServer Container = new FixedServer("container");
    static readonly PostgresServer Local = new FixedServer("local");

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_one_that_is_named_is_taken_before_any_is_made() =>
        Assert.Equal("Host=db;Database=x", (await PostgresServer.ChooseAsync("Host=db", MustNotStart, MustNotStart, Token)).For("x"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_container_is_taken_before_a_local_one(string? named) => Assert.Same(Container, await PostgresServer.ChooseAsync(named, Has(Container), MustNotStart, Token));

    [Fact]
    public async Task A_local_one_is_taken_where_no_Docker_answers() => Assert.Same(Local, await PostgresServer.ChooseAsync(null, Has(null), Has(Local), Token));

    [Fact]
    public async Task A_local_one_is_taken_where_Docker_has_no_image() => Assert.Same(Local, await PostgresServer.ChooseAsync(null, Refuse, Has(Local), Token));

    [Fact]
    public async Task Without_any_it_is_told_what_to_do_and_what_Docker_said()
    {
        var none = await Assert.ThrowsAsync<PostgresMissingException>(() => PostgresServer.ChooseAsync(null, Has(null), Has(null), Token));
        Assert.Contains(PostgresServer.Variable, none.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Docker answers", none.Message, StringComparison.Ordinal);

        var refused = await Assert.ThrowsAsync<PostgresMissingException>(() => PostgresServer.ChooseAsync(null, Refuse, Has(null), Token));
        Assert.EndsWith("Docker answers, but: no such image", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_gives_up_gets_none()
    {
        using var given = new CancellationTokenSource();
        await given.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => PostgresServer.ChooseAsync(null, static token => Task.FromException<PostgresServer?>(new OperationCanceledException(token)), MustNotStart, given.Token));
    }

    static Func<CancellationToken, Task<PostgresServer?>> Has(PostgresServer? server) => _ => Task.FromResult(server);

    static Task<PostgresServer?> Refuse(CancellationToken cancellationToken) => Task.FromException<PostgresServer?>(new InvalidOperationException("no such image"));

    static Task<PostgresServer?> MustNotStart(CancellationToken cancellationToken) => throw new Xunit.Sdk.XunitException("It was not to be started.");

    sealed class FixedServer(string description) : PostgresServer
    {
        public override string Description => description;

        protected override string ConnectionString => "";
    }
}
