using System.Threading.Channels;

namespace Backend.Abstractions.Updates;

/// <summary>
/// One subscriber's channel of updates. It holds a bounded number: from a subscriber that does not read, the oldest are taken away and
/// counted as told. Disposing ends it and counts what is left as told.
/// </summary>
public interface IUpdateSubscription : IDisposable
{
    /// <summary>The updates in commit order. The reader calls <see cref="Update.Done"/> for each when its client has been told.</summary>
    ChannelReader<Update> Updates { get; }
}
