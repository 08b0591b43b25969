namespace Backend.EfCore.Queries;

/// <summary>
/// The queries of the hot paths, compiled at their first use. They bind to one model, so there is one instance for each store and none is static.
/// </summary>
sealed class CompiledQueries
{
    public UserQueries Users { get; } = new();

    public MailboxQueries Mailboxes { get; } = new();

    public MessageQueries Messages { get; } = new();

    public FetchQueries Fetches { get; } = new();

    public ContentQueries Contents { get; } = new();
}
