using Imap.Server.Diagnostics;
using Imap.Server.Session;
using Imap.Server.Wire;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Imap.Server.Connection;

/// <summary>
/// One connection from greeting to goodbye: one loop that reads, carries out and answers, with no lock and no other thread in it.
/// RFC 9051 §3, §7.1.5.
/// </summary>
sealed class ImapConnection(ConnectionContext connection, ImapServices services, ILogger logger)
{
    // How long commands that are being carried out may go on when the client has shut its side: it may only be done sending.
    static readonly TimeSpan ClosedPatience = TimeSpan.FromSeconds(30);

    // How long and how much is read and thrown away after BYE, so that closing does not destroy what the client has not read yet.
    static readonly TimeSpan LingerTime = TimeSpan.FromSeconds(1);
    const long LingerOctets = 1024 * 1024;

    /// <summary>Serves the client until one of the two has had enough.</summary>
    public async Task RunAsync()
    {
        logger.Connected(connection.RemoteEndPoint);
        await using var pipe = new SecurablePipe(connection, services);
        var (writer, input) = (pipe.Writer, pipe.Input);
        using var aborted = new CancellationTokenSource(Timeout.InfiniteTimeSpan, services.Time);
        await using var closed = connection.ConnectionClosed.Register(() => aborted.CancelAfter(input.IsStopping ? TimeSpan.Zero : ClosedPatience));
        await using var stopped = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested.Register(input.Stop)
            ?? default;
        try
        {
            await ServeAsync(pipe, aborted.Token);
            await pipe.EndAsync();
            logger.Ended("The client has left.");
        }
        catch (ConnectionEndException exception)
        {
            logger.Ended(exception.Message);
            if (exception.Text is not null)
                await SayGoodbyeAsync(pipe, exception.Text);
            else if (exception.IsClientGone)
                // What is still to be sent will not be taken: waiting for that would keep the connection for ever.
                connection.Abort();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ConnectionAbortedException)
        {
            logger.Ended(exception.Message);
        }
        catch (Exception exception)
        {
            logger.Broke(exception);
            await SayGoodbyeAsync(pipe, "The server made a mistake; it has been logged.");
        }
    }

    async Task ServeAsync(SecurablePipe pipe, CancellationToken cancellationToken)
    {
        var (writer, input) = (pipe.Writer, pipe.Input);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, connection.ConnectionClosed, connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default);
        if (connection.Features.Get<ImplicitTls>() is not null)
            await pipe.StartTlsAsync(stopping.Token);
        var framer = new CommandFramer(input, writer, FramerLimits.AfterLogin(services.Options));
        var failedLogins = 0;
        for (var isGreeted = false; ; isGreeted = true)
        {
            await using var session = new ImapSession(services, pipe, framer, logger) { FailedLogins = failedLogins };
            // RFC 9051 §7.1: the capabilities in the greeting save the client a round trip.
            if (!isGreeted)
                writer.UntaggedStatus("OK"u8, new ResponseCode.Capability(session.Capabilities), $"{services.Options.ServerName} ready");
            await ServeAsync(session, cancellationToken, stopping.Token);
            if (!session.IsUnauthenticated)
                break;
            // RFC 8437 §3: nothing of the old session is in the new one but what keeps guessing passwords slow.
            failedLogins = session.FailedLogins;
            input.RestartLimit(services.Options.LoginTimeout);
        }

        await writer.FlushAsync();
    }

    async Task ServeAsync(ImapSession session, CancellationToken cancellationToken, CancellationToken stopping)
    {
        var (writer, framer) = (session.Writer, session.Framer);
        var dispatcher = new CommandDispatcher(session, services.Metrics);
        framer.Use(FramerLimits.BeforeLogin(services.Options, dispatcher.HasLongLine));
        for (var unsent = 1; !session.IsLoggedOut && !session.IsUnauthenticated; unsent++)
        {
            if (session.Pipe.Input.IsStopping)
                throw new ConnectionEndException("The server is shutting down.");
            if (session.Watch is { } watch)
                await watch.FollowAsync(session, framer.WaitAsync(), cancellationToken);
            if (await framer.ReadCommandAsync(dispatcher.LeavesLiteral) is not { } frame)
                return;
            await dispatcher.DispatchAsync(frame, cancellationToken);
            if (session.AfterAnswer is { } change)
            {
                session.AfterAnswer = null;
                await writer.FlushAsync();
                await change(stopping);
            }

            // A client that sends commands without end and reads no answer is not to fill the memory.
            if (unsent >= services.Options.MaxPipelinedCommands)
            {
                unsent = 0;
                await writer.FlushAsync();
            }

            await writer.FlushIfFullAsync();
        }
    }

    async Task SayGoodbyeAsync(SecurablePipe pipe, string text)
    {
        try
        {
            pipe.Writer.UntaggedStatus("BYE"u8, null, text);
            await pipe.Writer.FlushAsync();
            await pipe.EndAsync();
            await LingerAsync(pipe.Input);
        }
        catch (Exception exception) when (exception is ConnectionEndException or IOException or OperationCanceledException or ConnectionAbortedException)
        {
            connection.Abort();
        }
    }

    async Task LingerAsync(ImapInput input)
    {
        input.Linger();
        var start = services.Time.GetTimestamp();
        for (var left = LingerOctets; left > 0 && services.Time.GetElapsedTime(start) is var waited && waited < LingerTime;)
        {
            if (await input.TryReadAsync(LingerTime - waited) is not { } result)
                return;
            left -= result.Buffer.Length;
            input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
                return;
        }
    }
}
