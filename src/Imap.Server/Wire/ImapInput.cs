using System.Buffers;
using System.IO.Pipelines;

namespace Imap.Server.Wire;

/// <summary>
/// The octets from the client. Before it waits for more, it sends what has been written so far: answers to commands that came together
/// go out together (RFC 9051 §5.5), and none is left lying. It waits only so long, and not at all once the server stops.
/// </summary>
sealed class ImapInput : IDisposable
{
    readonly ImapWriter output;
    readonly TimeProvider time;
    readonly Deadline deadline;
    long start;
    volatile PipeReader input;
    volatile bool stopping;
    volatile bool isCancelled;
    bool isLingering;
    ReadOnlyMemory<byte> prefix;

    public ImapInput(PipeReader input, ImapWriter output, TimeProvider time, TimeSpan loginTimeout)
    {
        this.input = input;
        this.output = output;
        this.time = time;
        start = time.GetTimestamp();
        Limit = loginTimeout;
        deadline = new Deadline(time, () => this.input.CancelPendingRead());
    }

    /// <summary>How long the connection may last at all, for as long as nobody has logged in; then null.</summary>
    public TimeSpan? Limit { get; set; }

    /// <summary>Goes on with other octets: what was not consumed of the ones before is now somebody else's.</summary>
    /// <param name="next">Where they come from.</param>
    /// <param name="skipped">What may stand in front of them and is passed over.</param>
    public void SwitchTo(PipeReader next, ReadOnlyMemory<byte> skipped = default) => (input, prefix) = (next, skipped);

    /// <summary>The client has logged out, and has to log in again within this time.</summary>
    public void RestartLimit(TimeSpan loginTimeout) => (start, Limit) = (time.GetTimestamp(), loginTimeout);

    /// <summary>Whether the server is going down.</summary>
    public bool IsStopping => stopping;

    /// <summary>Says, from any thread, that the server is going down: whoever waits, waits no longer.</summary>
    public void Stop()
    {
        stopping = true;
        input.CancelPendingRead();
    }

    /// <summary>After goodbye: reading is no longer bound to the login, and the server's stop means nothing any more.</summary>
    public void Linger() => (Limit, isLingering) = (null, true);

    /// <summary>Makes the read that is waiting, or else the next one, give up.</summary>
    public void CancelRead()
    {
        isCancelled = true;
        input.CancelPendingRead();
    }

    /// <summary>Gives octets beyond those that were examined, waiting if there are none.</summary>
    /// <param name="patience">How long to wait.</param>
    /// <param name="flush">Whether to send first what was written. Not while somebody else writes.</param>
    /// <exception cref="ConnectionEndException">The time is over, or the server stops.</exception>
    /// <exception cref="OperationCanceledException"><see cref="CancelRead"/> was called.</exception>
    public async ValueTask<ReadResult> ReadAsync(TimeSpan patience, bool flush = true) =>
        await TryReadAsync(patience, flush)
            ?? throw new ConnectionEndException(Limit is null ? "Autologout: The connection was idle for too long." : "Autologout: Nobody logged in for too long.");

    /// <summary>As <see cref="ReadAsync"/>; null when the time is over.</summary>
    /// <exception cref="ConnectionEndException">The server stops.</exception>
    public async ValueTask<ReadResult?> TryReadAsync(TimeSpan patience, bool flush = true)
    {
        while (true)
        {
            if (!input.TryRead(out var result))
            {
                if (flush)
                    await output.FlushAsync();
                deadline.Start(Bound(patience));
                result = await input.ReadAsync();
                if (deadline.Stop())
                {
                    input.AdvanceTo(result.Buffer.Start);
                    return null;
                }
            }

            if (!result.IsCanceled)
            {
                if (prefix.IsEmpty || result.Buffer.IsEmpty || !TakePrefix(result))
                    return result;
                continue;
            }

            input.AdvanceTo(result.Buffer.Start);
            if (isCancelled)
            {
                isCancelled = false;
                throw new OperationCanceledException();
            }

            if (stopping && !isLingering)
                throw new ConnectionEndException("The server is shutting down.");
        }
    }

    public void AdvanceTo(SequencePosition consumed) => input.AdvanceTo(consumed);

    public void AdvanceTo(SequencePosition consumed, SequencePosition examined) => input.AdvanceTo(consumed, examined);

    public void Dispose() => deadline.Dispose();

    // False when something else stands there; then nothing is taken.
    bool TakePrefix(ReadResult result)
    {
        var known = Math.Min(prefix.Length, result.Buffer.Length);
        Span<byte> start = stackalloc byte[(int)known];
        result.Buffer.Slice(0, known).CopyTo(start);
        if (!start.SequenceEqual(prefix.Span[..start.Length]) || (start.Length < prefix.Length && result.IsCompleted))
        {
            prefix = default;
            return false;
        }

        if (start.Length < prefix.Length)
        {
            input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            return true;
        }

        input.AdvanceTo(result.Buffer.GetPosition(start.Length));
        prefix = default;
        return true;
    }

    TimeSpan Bound(TimeSpan patience) =>
        Limit is { } limit && limit - time.GetElapsedTime(start) is var left && left < patience ? left : patience;
}
