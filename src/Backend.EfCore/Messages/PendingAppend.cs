using Backend.EfCore.Tenancy;
using Backend.EfCore.Writing;

namespace Backend.EfCore.Messages;

/// <summary>Messages that wait to be appended, all or none, together with those that wait at the same time.</summary>
sealed class PendingAppend(MailStoreDatabase database, MailboxHandle mailbox, KeywordDictionary keywords, ArrivedMessages messages, CancellationToken caller) : PendingWrite
{
    readonly TaskCompletionSource<AppendedData> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<AppendedData> Task => completion.Task;

    public MailboxHandle Mailbox => mailbox;

    public KeywordDictionary Keywords => keywords;

    public IReadOnlyList<ArrivedMessage> Messages => messages.Messages;

    /// <summary>What came of it in the transaction that is being run: one of the two.</summary>
    public AppendedData? Appended { get; set; }

    public BackendException? Refused { get; set; }

    public override Lease Lease => mailbox.Lease;

    public override long Weight => messages.Length;

    /// <summary>By mailbox: two groups that append to the same one would only wait for each other.</summary>
    public override int Lane => HashCode.Combine(mailbox.UserId, mailbox.MailboxId);

    public override bool IsCancelled => caller.IsCancellationRequested;

    public override async Task<int> ExecuteAsync(WriteScope scope, ReadOnlyMemory<PendingWrite> waiting, CancellationToken cancellationToken)
    {
        var appends = new List<PendingAppend>();
        foreach (var write in waiting.ToArray())
        {
            if (write is not PendingAppend append)
                break;
            appends.Add(append);
        }

        await new AppendMessages(database, scope).ExecuteAsync(appends, cancellationToken);
        return appends.Count;
    }

    public override void Complete()
    {
        if (Appended is not null)
            completion.TrySetResult(Appended);
        else
            completion.TrySetException(Refused!);
    }

    public override void Fail(Exception exception)
    {
        if (exception is OperationCanceledException)
            completion.TrySetCanceled(caller);
        else
            completion.TrySetException(exception);
    }
}
