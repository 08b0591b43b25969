using Backend.Mime;

namespace Backend.EfCore.Messages;

/// <summary>The messages of one append, which wait for their turn. What they say is kept with them while they are not too large together.</summary>
sealed class ArrivedMessages(MailStoreOptions options) : IAsyncDisposable
{
    /// <summary>Of what comes after so many octets, what it says is read when it is written.</summary>
    const long MaxParsed = 4 * 1024 * 1024;

    readonly Spool spool = new(options);
    readonly List<ArrivedMessage> messages = [];

    public IReadOnlyList<ArrivedMessage> Messages => messages;

    /// <summary>Octets of all of them.</summary>
    public long Length => spool.Length;

    /// <summary>Takes a message in.</summary>
    /// <exception cref="BackendException"><see cref="BackendError.TooBig"/>; <see cref="BackendError.Unavailable"/>: there is no room for it.
    /// And whatever the stream throws.</exception>
    public async Task AddAsync(NewMessage message, CancellationToken cancellationToken)
    {
        var body = await spool.AddAsync(message.Body, cancellationToken);
        var parsed = messages.Count == 0 || spool.Length <= MaxParsed ? await MessageParser.ParseAsync(body, cancellationToken) : null;
        messages.Add(new ArrivedMessage(body, message.Options, parsed));
    }

    public ValueTask DisposeAsync() => spool.DisposeAsync();
}
