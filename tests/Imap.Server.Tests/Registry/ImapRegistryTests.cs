using System.Text;
using Backend.Memory;
using Imap.Server.Connection;
using Imap.Server.Extensions;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Imap.Server.Tests.Registry;

/// <summary>What is wrong with extensions comes out when the server starts.</summary>
public sealed class ImapRegistryTests
{
    [Fact]
    public void Two_claims_to_one_word_fail() =>
        Assert.Contains("NOOP", Assert.Throws<InvalidOperationException>(() => Build(new Adding(static registry => registry.Command<SecondNoop>()))).Message, StringComparison.Ordinal);

    [Fact]
    public void Two_claims_to_one_capability_fail() =>
        Assert.Contains("IDLE", Assert.Throws<InvalidOperationException>(() => Build(new Adding(static registry => registry.Capability("IDLE", SessionStates.Any)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Two_claims_to_one_item_fail()
    {
        Assert.Throws<InvalidOperationException>(() => Build(new Adding(static registry => registry.FetchItem("flags", static (ref _) => throw new NotSupportedException()))));
        Assert.Throws<InvalidOperationException>(() => Build(new Adding(static registry => registry.SearchKey("SEEN", static (ref _, _) => new SearchKey.All()))));
        Assert.Throws<InvalidOperationException>(() => Build(new Adding(static registry => registry.StatusItem(new StatusItem("MESSAGES", StatusItems.Messages, static _ => 0)))));
        Assert.Throws<InvalidOperationException>(() => Build(new Adding(static registry => registry.ListSelection(new ListSelection("SPECIAL-USE", null)))));
        Assert.Throws<InvalidOperationException>(() => Build(new Adding(static registry => registry.ListReturn("SPECIAL-USE", static (ref _) => throw new NotSupportedException()))));
        Assert.Throws<InvalidOperationException>(() => Build(new Adding(static registry => registry.FetchMacro("FULL", []))));
        Assert.Throws<InvalidOperationException>(() => Build(new Adding(static registry =>
        {
            registry.Enablable(new Enablable("X-TWICE"));
            registry.Enablable(new Enablable("x-twice"));
        })));
        Assert.Throws<InvalidOperationException>(() => Build(new Adding(static registry => registry.SaslMechanism("PLAIN", ConnectionTraits.None, static _ => throw new NotSupportedException()))));
    }

    [Fact]
    public void A_capability_that_the_backend_has_no_contract_for_fails() =>
        Assert.Contains("MOVE", Assert.Throws<InvalidOperationException>(static () => new ImapRegistry([new MoveExtension()], new PoorBackend())).Message, StringComparison.Ordinal);

    [Fact]
    public void A_server_whose_backend_is_too_poor_does_not_start()
    {
        using var services = new ServiceCollection()
            .AddLogging().AddSingleton<IBackend>(new PoorBackend()).AddSingleton<IUpdater>(new MemoryBackend()).AddImapServer().BuildServiceProvider();

        Assert.Throws<InvalidOperationException>(() => services.GetRequiredService<Server.Connection.ImapConnectionHandler>());
    }

    [Fact]
    public void A_registry_does_not_change_any_more() =>
        Assert.Throws<InvalidOperationException>(static () => Build().Capability("X-LATE", SessionStates.Any));

    [Fact]
    public void Capabilities_are_told_in_their_states()
    {
        var before = Told(SessionStates.NotAuthenticated, ConnectionTraits.TakesSecrets);
        Assert.Equal(["CAPABILITY", "IMAP4rev1", "IMAP4rev2"], before[..3]);
        Assert.Contains("AUTH=PLAIN", before);
        Assert.DoesNotContain("MOVE", before);

        var after = Told(SessionStates.Selected, ConnectionTraits.TakesSecrets);
        Assert.Contains("MOVE", after);
        Assert.DoesNotContain("AUTH=PLAIN", after);
    }

    [Theory]
    [InlineData(0, "LOGINDISABLED")]
    [InlineData((int)ConnectionTraits.MayStartTls, "LOGINDISABLED STARTTLS")]
    [InlineData((int)(ConnectionTraits.MayStartTls | ConnectionTraits.TakesSecrets), "AUTH=PLAIN STARTTLS")]
    public void Capabilities_are_told_where_the_connection_has_what_they_need(int traits, string expected) => Assert.Equal(
        expected.Split(' '),
        Told(SessionStates.NotAuthenticated, (ConnectionTraits)traits).Where(static word => word is "LOGINDISABLED" or "STARTTLS" or "AUTH=PLAIN").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("fetch", false)]
    [InlineData("UID FETCH", true)]
    [InlineData("UID EXPUNGE", true)]
    [InlineData("EXPUNGE", false)]
    public void Commands_are_found_in_any_case(string name, bool uid) => Assert.Equal(uid, Build().Commands[name].Uid);

    [Theory]
    [InlineData("FETCH", false)]
    [InlineData("STORE", false)]
    [InlineData("SEARCH", false)]
    [InlineData("UID FETCH", true)]
    [InlineData("UID STORE", true)]
    [InlineData("UID SEARCH", true)]
    [InlineData("COPY", true)]
    [InlineData("NOOP", true)]
    public void Expunge_is_told_only_where_sequence_numbers_are_not_in_use(string name, bool allowed) =>
        Assert.Equal(allowed, Build().Commands[name].AllowsExpunge);

    static string[] Told(SessionStates state, ConnectionTraits traits) => Encoding.ASCII.GetString(Build().CapabilitiesIn(state, traits).Span).Split(' ');

    static ImapRegistry Build(params IImapExtension[] more) => new([.. ImapExtensions.BuiltIn, .. more], new MemoryBackend());

    sealed class Adding(Action<ImapRegistry> add) : IImapExtension
    {
        public void Register(ImapRegistry registry) => add(registry);
    }

    sealed class PoorBackend : IBackend
    {
        public Task<IUser> LoginAsync(string username, string password, CancellationToken cancellationToken) => throw new NotSupportedException();

        public bool Supports(Type capability) => false;
    }

    sealed record SecondNoop : IImapCommand<SecondNoop>
    {
        public static CommandDescriptor Descriptor { get; } = new("NOOP", SessionStates.Any);

        public static SecondNoop Parse(ref ImapReader reader) => new();

        public ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
