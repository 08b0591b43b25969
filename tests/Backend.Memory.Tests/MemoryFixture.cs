using Backend.Specification.Tests.Fixtures;

namespace Backend.Memory.Tests;

/// <summary>A mail store in memory.</summary>
public sealed class MemoryFixture : BackendFixture
{
    readonly MemoryBackend backend;

    public MemoryFixture() => backend = new MemoryBackend(Clock);

    public override IBackend Backend => backend;

    public override IUserDirectory Users => backend;

    public override ITenantDirectory Tenants => backend;

    public override IUpdater Updater => backend;

    public override int? MaxUpdatesHeld => UpdateSubscription.Capacity;

    public override async ValueTask<IReadOnlyList<string>> CheckInvariantsAsync(CancellationToken cancellationToken) => await backend.CheckInvariantsAsync(cancellationToken);

    public override async ValueTask<bool> SkipUidsAsync(string username, MailboxName mailbox, Uid next, CancellationToken cancellationToken)
    {
        await backend.SkipUidsAsync(username, mailbox, next, cancellationToken);
        return true;
    }

    protected override ValueTask StartAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    protected override ValueTask StopAsync() => ValueTask.CompletedTask;
}
