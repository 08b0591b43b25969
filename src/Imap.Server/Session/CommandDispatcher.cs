using Imap.Server.Diagnostics;
using Imap.Server.Registry;
using Imap.Server.Wire;

namespace Imap.Server.Session;

/// <summary>
/// Carries out one command after the other (RFC 9051 §5.5): finds it, sees to what its descriptor says, and answers. No command
/// has to see to states, read-only mailboxes, updates or errors by itself.
/// </summary>
sealed class CommandDispatcher
{
    readonly ImapSession session;
    readonly ImapMetrics metrics;
    readonly ParseContext numberContext;
    readonly ParseContext uidContext;
    int badCommands;

    public CommandDispatcher(ImapSession session, ImapMetrics metrics)
    {
        this.session = session;
        this.metrics = metrics;
        numberContext = new ParseContext(session.Registry, session.Options, Uid: false) { Enabled = session.Enabled, SavedResult = SavedResult };
        uidContext = numberContext with { Uid = true };
    }

    /// <summary>
    /// Whether the literal at the end of a command that has begun to come stays in the stream: one that the command reads itself, or
    /// one of a command that will be refused anyway, whose client need not send it. RFC 9051 §7.6.
    /// </summary>
    public bool LeavesLiteral(ReadOnlySpan<byte> command)
    {
        var reader = new ImapReader(command, numberContext);
        try
        {
            reader.Tag();
            return FindCommand(ref reader) is not { } entry || entry.Descriptor.StreamedLiteral?.Invoke(reader.Rest) == true;
        }
        catch (ImapSyntaxException)
        {
            return true;
        }
    }

    /// <summary>Whether the line of a command that has begun to come may be a long one.</summary>
    public bool HasLongLine(ReadOnlySpan<byte> start)
    {
        var reader = new ImapReader(start, numberContext);
        try
        {
            reader.Tag();
            return FindCommand(ref reader)?.Descriptor.HasLongLine == true;
        }
        catch (ImapSyntaxException)
        {
            return false;
        }
    }

    /// <summary>Carries out a command and answers it.</summary>
    public async ValueTask DispatchAsync(CommandFrame frame, CancellationToken cancellationToken)
    {
        var start = session.Time.GetTimestamp();
        var (tag, entry, command, completion) = Read(frame);
        (session.Tag, session.IsUidCommand) = (tag, entry?.Uid == true);
        if (completion.Status != CompletionStatus.Bad && entry?.Descriptor.LeavesMailbox == true)
            session.CloseSelected();
        if (command is not null)
            completion = await ExecuteAsync(entry!, command, cancellationToken);
        await session.Framer.SkipBodyAsync();
        if (entry is not null && completion.Status != CompletionStatus.Bad)
            await TellChangesAsync(entry, command, completion, cancellationToken);

        // RFC 9051 §7.1.3: BAD without a tag where the tag cannot be told.
        session.Writer.Tagged(tag.Length > 0 ? tag : "*"u8, completion, $"{entry?.Name} completed");
        metrics.CommandCompleted(entry?.Name ?? "(none)", completion.Status.ToString(), session.Time.GetElapsedTime(start));
        EndWhereOver(completion);
    }

    ValueTask TellChangesAsync(CommandEntry entry, IParsedCommand? command, Completion completion, CancellationToken cancellationToken)
    {
        if (completion.Status == CompletionStatus.Ok && command is not null)
            session.Watch?.Own(command.Changes, completion.Code);
        return entry.Descriptor.Updates == UpdatePolicy.None
            ? default
            : session.SynchronizeAsync(entry.AllowsExpunge && command?.HoldsExpunges != true, entry.Uid, cancellationToken);
    }

    // Commands that may name messages are also there where none is selected. RFC 7377 §2.
    UidSet SavedResult() => session.State == SessionStates.Selected
        ? session.Selected.SavedResult
        : throw new ImapSyntaxException("No mailbox is selected, so that $ stands for nothing.");

    void EndWhereOver(Completion completion)
    {
        badCommands = completion.Status == CompletionStatus.Bad ? badCommands + 1 : 0;
        if (badCommands > session.Options.MaxBadCommands)
            throw new ConnectionEndException("Too many bad commands in a row.");
        if (session.FailedLogins >= session.Options.MaxFailedLogins)
            throw new ConnectionEndException("Too many failed logins.");
        if (session.IsSuspended)
            throw new ConnectionEndException("The account has been suspended.");
        session.EndIfMailboxIsGone();
    }

    (byte[] Tag, CommandEntry? Entry, IParsedCommand? Command, Completion Completion) Read(CommandFrame frame)
    {
        byte[] tag = [];
        CommandEntry? entry = null;
        try
        {
            var reader = new ImapReader(frame.Octets.Span, numberContext);
            tag = reader.Tag().ToArray();
            if (frame.Fault is not null)
                return (tag, null, null, Completion.Bad(frame.Fault, frame.FaultCode));
            entry = FindCommand(ref reader);
            if (entry is null)
                return (tag, null, null, Completion.Bad("Unknown command."));
            if (entry.Descriptor.IsRev1Only && session.Enabled.IsRev2)
                return (tag, null, null, Completion.Bad($"{entry.Name} is no command of IMAP4rev2, which is enabled."));
            if ((entry.Descriptor.States & session.State) == 0)
                return (tag, null, null, Completion.Bad($"{entry.Name} is not allowed {DescribeState(entry.Descriptor)}."));
            if (entry.Descriptor.Writes && session.Selected.IsReadOnly)
                return (tag, entry, null, Completion.No(ResponseCode.ReadOnly, "The mailbox is open for reading only."));
            var arguments = new ImapReader(frame.Octets.Span, entry.Uid ? uidContext : numberContext, reader.Position);
            return (tag, entry, entry.Parser(ref arguments), default);
        }
        catch (ImapSyntaxException exception)
        {
            return (tag, entry, null, Completion.Bad(frame.Fault ?? exception.Message, frame.FaultCode ?? exception.Code));
        }
        catch (CommandRefusedException exception)
        {
            return (tag, entry, null, Completion.No(exception.Code, exception.Message));
        }
        catch (BackendException exception)
        {
            return (tag, entry, null, ErrorResponses.For(exception, entry!.Descriptor));
        }
    }

    async ValueTask<Completion> ExecuteAsync(CommandEntry entry, IParsedCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return await command.ExecuteAsync(session, cancellationToken);
        }
        catch (ImapSyntaxException exception)
        {
            return Completion.Bad(exception.Message, exception.Code);
        }
        catch (CommandRefusedException exception)
        {
            return Completion.No(exception.Code, exception.Message);
        }
        catch (BackendException exception)
        {
            if (exception.Error == BackendError.InvalidCredentials)
                session.LoginFailed();
            if (exception.Error == BackendError.Suspended)
                session.IsSuspended = true;
            if (exception.Error is BackendError.Unavailable or BackendError.Corruption)
                session.Logger.StoreUnavailable(exception, entry.Name);
            return ErrorResponses.For(exception, entry.Descriptor);
        }
        catch (Exception exception) when (exception is not (ConnectionEndException or IOException or OperationCanceledException))
        {
            session.Logger.CommandFailed(exception, entry.Name);
            return Completion.No(ResponseCode.ServerBug, "The server made a mistake; it has been logged.");
        }
    }

    // Takes the space, the command's word, and the word behind UID.
    CommandEntry? FindCommand(ref ImapReader reader)
    {
        reader.Space();
        var name = Encoding.ASCII.GetString(reader.Atom("a command"));
        if (name.Equals("UID", StringComparison.OrdinalIgnoreCase))
        {
            reader.Space();
            name = $"UID {Encoding.ASCII.GetString(reader.Atom("a command"))}";
        }

        return session.Registry.Commands.GetValueOrDefault(name);
    }

    // In which state the session is, as far as that is what the command minds.
    string DescribeState(CommandDescriptor descriptor) =>
        session.State == SessionStates.NotAuthenticated ? "before login"
        : (descriptor.States & SessionStates.LoggedIn) == 0 ? "after login"
        : "while no mailbox is selected";
}
