namespace Backend.Abstractions.Updates;

/// <summary>
/// Something changed that connected clients should hear of: a closed family. It is published after the commit, in commit order, and
/// is a hint to look (<see cref="IUpdaterMailbox.PollAsync"/>): the truth is in the store, and a lost hint costs only delay.
/// </summary>
public abstract class Update
{
    readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int waiting;

    private protected Update()
    {
    }

    /// <summary>The user it is for; null for every connected user.</summary>
    public string? Username { get; init; }

    /// <summary>The mailbox it is about; null for all mailboxes.</summary>
    public MailboxName? Mailbox { get; init; }

    /// <summary>Completes when every subscriber that got it has called <see cref="Done"/> or has gone.</summary>
    public Task Completion => completion.Task;

    /// <summary>Says, once for each subscriber, that its client has been told. The seed's <c>DoneUpdate</c>.</summary>
    public void Done()
    {
        if (Interlocked.Decrement(ref waiting) == 0)
            completion.TrySetResult();
    }

    /// <summary>Says, once and before it is handed out, to how many subscribers it goes.</summary>
    /// <param name="subscribers">How many; with zero it is complete at once.</param>
    public void Dispatch(int subscribers)
    {
        Interlocked.Exchange(ref waiting, subscribers);
        if (subscribers == 0)
            completion.TrySetResult();
    }
}
