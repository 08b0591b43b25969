namespace Backend.Specification.Tests.Fixtures;

/// <summary>
/// A store to test: what a backend's test project provides, one for each test class. Every test gets a fresh tenant with a user in it. Beside them
/// lives a neighbour of another tenant whom no test touches, with mailboxes of the names that tests use; after each test the neighbour's mailboxes must be as
/// they were and the store's own invariants must hold, so every test also tests isolation and consistency.
/// </summary>
public abstract class BackendFixture : IAsyncLifetime
{
    int users;
    Neighbour? neighbour;

    /// <summary>The store.</summary>
    public abstract IBackend Backend { get; }

    /// <summary>Its users.</summary>
    public abstract IUserDirectory Users { get; }

    /// <summary>Its tenants.</summary>
    public abstract ITenantDirectory Tenants { get; }

    /// <summary>Its updates.</summary>
    public abstract IUpdater Updater { get; }

    /// <summary>The clock that the store goes by.</summary>
    public TestClock Clock { get; } = new();

    /// <summary>The size of the largest message that the store takes; null when there is no limit.</summary>
    public virtual long? MaxMessageSize => null;

    /// <summary>How many updates a subscription holds before the oldest are taken away; null when a test need not know.</summary>
    public virtual int? MaxUpdatesHeld => null;

    /// <summary>How many mailboxes a user can have; null when there is no limit.</summary>
    public virtual int? MaxMailboxes => null;

    /// <summary>How many different keywords a user can have; null when there is no limit.</summary>
    public virtual int? MaxKeywords => null;

    /// <summary>Why there is no store to test, so that every test is skipped; null when there is one.</summary>
    public virtual string? Missing => null;

    internal Neighbour Neighbour => neighbour ?? throw new InvalidOperationException("The fixture was not initialized.");

    public async ValueTask InitializeAsync()
    {
        await StartAsync(TestContext.Current.CancellationToken);
        if (Missing is not null)
            return;
        neighbour = await Neighbour.MoveInAsync(this, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Checks the store's own invariants (DESIGN, section 7).</summary>
    /// <returns>What is wrong, one sentence each.</returns>
    public abstract ValueTask<IReadOnlyList<string>> CheckInvariantsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Opens the same store a second time, as another program or the next start of this one does: nothing is shared but what is
    /// stored. Null when the store lives in this process only.
    /// </summary>
    public virtual ValueTask<IBackend?> OpenAgainAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IBackend?>(null);

    /// <summary>Why what is done through a store that was opened again is not heard of here; null when it is.</summary>
    public virtual string? UpdatesNotShared => "Updates are not carried from one process to another: a session hears at its next command.";

    /// <summary>Whether these octets are anywhere in what the store keeps; null when that cannot be looked at.</summary>
    public virtual ValueTask<bool?> HoldsAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken) => ValueTask.FromResult<bool?>(null);

    /// <summary>
    /// Makes a mailbox go on with this UID, as if all before it had been used. Messages have 4,294,967,295 UIDs, which no test can use up otherwise.
    /// </summary>
    /// <returns>Whether it can.</returns>
    public virtual ValueTask<bool> SkipUidsAsync(string username, MailboxName mailbox, Uid next, CancellationToken cancellationToken) => ValueTask.FromResult(false);

    /// <summary>
    /// Makes the store cut its log of changes, as it does when the log is old: who polls must not miss anything for that. RFC 7162 §5.3.
    /// Nothing to do for a store whose log is never cut.
    /// </summary>
    public virtual ValueTask ForgetChangesAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>
    /// Fills the index that searches for text are helped by, which otherwise stays as it is. Nothing to do for a store without one.
    /// </summary>
    public virtual ValueTask IndexAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>
    /// Makes the store forget what it keeps ready to sort and thread by, as if all mail were from before it did. Nothing to do for a store that keeps nothing.
    /// </summary>
    public virtual ValueTask ForgetSortsAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Makes the store, or finds out that it is <see cref="Missing"/>.</summary>
    protected abstract ValueTask StartAsync(CancellationToken cancellationToken);

    /// <summary>Takes the store away again.</summary>
    protected abstract ValueTask StopAsync();

    internal string NextUsername() => string.Create(CultureInfo.InvariantCulture, $"User{Interlocked.Increment(ref users)}@example.org");
}
