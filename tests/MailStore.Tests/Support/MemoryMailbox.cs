using System.Runtime.CompilerServices;
using MailStore.Formats;

namespace MailStore.Tests.Support;

/// <summary>As much of a mailbox as imports and exports use, with a say in what each append does. Its handles share it.</summary>
sealed class MemoryMailbox(MailboxName name) : IMailbox
{
    readonly Lock guard = new();

    public sealed record Entry(Uid Uid, byte[] Content, FlagSet Flags, DateTimeOffset InternalDate);

    public List<Entry> Entries { get; } = [];

    public int HighestParallelism { get; private set; }

    /// <summary>Runs before a message is stored; may throw.</summary>
    public Func<byte[], Task> BeforeAppend { get; set; } = static _ => Task.CompletedTask;

    int running;

    public MailboxName Name => name;

    public async Task<AppendData> CreateMessageAsync(Stream body, AppendOptions options, CancellationToken cancellationToken)
    {
        lock (guard)
            HighestParallelism = Math.Max(HighestParallelism, ++running);
        try
        {
            using var content = new MemoryStream();
            await body.CopyToAsync(content, cancellationToken);
            await BeforeAppend(content.ToArray());
            lock (guard)
            {
                var uid = new Uid((uint)Entries.Count + 1);
                Entries.Add(new Entry(uid, content.ToArray(), options.Flags, options.InternalDate ?? DateTimeOffset.UnixEpoch));
                return new AppendData(new UidValidity(1), uid);
            }
        }
        finally
        {
            lock (guard)
                running--;
        }
    }

    public async IAsyncEnumerable<Message> ListMessagesAsync(NumberSet messages, FetchItems items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var entry in Entries.Where(entry => messages.Contains(entry.Uid.Value, (uint)Entries.Count)).ToList())
            yield return new Message
            {
                Uid = entry.Uid,
                Size = entry.Content.Length,
                Flags = entry.Flags,
                InternalDate = entry.InternalDate,
                Envelope = EnvelopeOf(entry.Content),
                Sections = [.. items.Sections.Select(item => new FetchedSection(item, Octets.FromMemory(entry.Content)))],
            };
    }

    public Task<MailboxStatus> GetStatusAsync(StatusItems items, CancellationToken cancellationToken) =>
        Task.FromResult(new MailboxStatus { Name = name, Flags = FlagSet.Empty, PermanentFlags = FlagSet.Empty, Messages = Entries.Count });

    public Task<MailboxInfo> GetInfoAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SelectData> SelectAsync(SelectOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task CheckAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<UidSet> SearchMessagesAsync(SearchCriteria criteria, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SequenceSet> SearchSequenceNumbersAsync(SearchCriteria criteria, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<StoreData> UpdateMessagesFlagsAsync(NumberSet messages, FlagsOperation operation, FlagSet flags, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CopyData> CopyMessagesAsync(NumberSet messages, MailboxName destination, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ExpungeData> ExpungeAsync(UidSet? uids, CancellationToken cancellationToken) => throw new NotSupportedException();

    static Envelope EnvelopeOf(byte[] content)
    {
        var header = MessageHeader.Parse(content);
        var from = header["From"]?.Split('@') is [var local, var domain] ? $"((NIL NIL \"{local}\" \"{domain}\"))" : "NIL";
        var messageId = header["Message-ID"] is { } id ? $"\"{id}\"" : "NIL";
        return new Envelope(System.Text.Encoding.Latin1.GetBytes($"(NIL NIL {from} {from} {from} NIL NIL NIL NIL {messageId})"));
    }
}
