namespace Imap.Server.Session;

/// <summary>Tells a client what happens while it is waited for: one side hears, the other says, and only this writes.</summary>
static class Following
{
    /// <summary>Tells until the client says something.</summary>
    /// <param name="session">The session.</param>
    /// <param name="heard">Ends when the client has said something. What it does must not write.</param>
    /// <param name="tell">Tells what there is to tell, and sends it.</param>
    /// <param name="quiet">Called in place of <paramref name="tell"/> when there has been nothing for a while: a hint may have been lost.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async ValueTask FollowAsync(
        this ImapSession session, Task heard, Func<CancellationToken, ValueTask> tell, Func<CancellationToken, ValueTask> quiet, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await TellUntilAsync(session, heard, tell, quiet, ended.Token);
        }
        finally
        {
            await ended.CancelAsync();
            if (!heard.IsCompleted)
                session.Framer.CancelRead();
            await Task.WhenAny(heard);
        }
    }

    /// <summary>
    /// Tells a client what it wants to hear while no command is in progress. Messages that are gone are told only if it has asked for that
    /// (RFC 9051 §7.5.1; RFC 5465 §6.1.1).
    /// </summary>
    public static async ValueTask FollowAsync(this ISessionWatch watch, ImapSession session, Task heard, CancellationToken cancellationToken)
    {
        if (!heard.IsCompleted)
        {
            await session.Writer.FlushAsync();
            await session.FollowAsync(heard, TellAsync, TellAgainAsync, cancellationToken);
        }

        await heard;

        ValueTask TellAgainAsync(CancellationToken token)
        {
            watch.LookAgain();
            return TellAsync(token);
        }

        async ValueTask TellAsync(CancellationToken token)
        {
            await session.SynchronizeAsync(mayExpunge: !watch.HoldsExpunges, withUid: true, token);
            await session.Writer.FlushAsync();
            session.ThrowIfOver();
        }
    }

    /// <summary>Ends the session whose mailbox or account is no longer there.</summary>
    public static void ThrowIfOver(this ImapSession session)
    {
        if (session.IsSuspended)
            throw new ConnectionEndException("The account has been suspended.");
        session.EndIfMailboxIsGone();
    }

    static async Task TellUntilAsync(
        ImapSession session, Task heard, Func<CancellationToken, ValueTask> tell, Func<CancellationToken, ValueTask> quiet, CancellationToken cancellationToken)
    {
        var hint = NextHintAsync(session, cancellationToken);
        var silence = Task.Delay(session.Options.IdleKeepAlive, session.Time, cancellationToken);
        while (await Task.WhenAny(heard, hint, silence) is var happened && happened != heard)
        {
            if (happened == hint)
            {
                await tell(cancellationToken);
                hint = NextHintAsync(session, cancellationToken);
                continue;
            }

            await quiet(cancellationToken);
            silence = Task.Delay(session.Options.IdleKeepAlive, session.Time, cancellationToken);
        }
    }

    // A subscription that has ended gives no more hints; the client can still wait.
    static async Task NextHintAsync(ImapSession session, CancellationToken cancellationToken)
    {
        if (!await session.WaitForUpdateAsync(cancellationToken))
            await Task.Delay(Timeout.InfiniteTimeSpan, session.Time, cancellationToken);
    }
}
