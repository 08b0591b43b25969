using Imap.Server.Commands;
using Imap.Server.Connection;
using Imap.Server.Diagnostics;
using Imap.Server.Logins;
using Imap.Server.Registry;
using Imap.Server.Tokens;
using Imap.Server.Wire;

namespace Imap.Server.Session;

/// <summary>One client's session: who is logged in, what is selected, and the way to the client. RFC 9051 §3.</summary>
sealed class ImapSession : IAsyncDisposable
{
    readonly ImapServices services;
    readonly List<Update> heard = [];
    string? whyGone;
    IUser? user;
    SelectedMailbox? selected;
    OwnerUpdates? ownerUpdates;
    IUpdateSubscription? subscription;

    /// <summary>A session that nobody has logged in to.</summary>
    public ImapSession(ImapServices services, SecurablePipe pipe, CommandFramer framer, ILogger logger)
    {
        this.services = services;
        (Pipe, Writer, Framer, Logger) = (pipe, pipe.Writer, framer, logger);
        Writer.OnFlushed = FinishHeard;
        // A session before this one may have had another. RFC 8437 §4.1.
        Writer.Form = Enabled.Form;
    }

    public IBackend Backend => services.Backend;

    public ImapRegistry Registry => services.Registry;

    public ImapServerOptions Options => services.Options;

    public TimeProvider Time => services.Time;

    /// <summary>Where logins go through.</summary>
    public LoginDesk Logins => services.Logins;

    /// <summary>Judges tokens.</summary>
    public ITokenValidator Tokens => services.Tokens ?? throw new InvalidOperationException("No tokens are taken.");

    /// <summary>The connection, and the layers over it.</summary>
    public SecurablePipe Pipe { get; }

    /// <summary>To the client.</summary>
    public ImapWriter Writer { get; }

    /// <summary>From the client; for commands that go on after their line.</summary>
    public CommandFramer Framer { get; }

    public ILogger Logger { get; }

    /// <summary>The state.</summary>
    public SessionStates State => user is null ? SessionStates.NotAuthenticated : selected is null ? SessionStates.Authenticated : SessionStates.Selected;

    /// <summary>Who is logged in.</summary>
    public IUser User => user ?? throw new InvalidOperationException("Nobody is logged in.");

    /// <summary>What is selected.</summary>
    public SelectedMailbox Selected => selected ?? throw new InvalidOperationException("No mailbox is selected.");

    /// <summary>What the client wants to hear at any time; null until it has said so. RFC 5465.</summary>
    public ISessionWatch? Watch { get; set; }

    /// <summary>What the client has enabled. RFC 5161.</summary>
    public EnabledExtensions Enabled { get; } = new();

    /// <summary>The tag of the command that is carried out.</summary>
    public ReadOnlyMemory<byte> Tag { get; set; }

    /// <summary>Whether the command that is carried out has the word UID in front. Its messages may be named by UID all the same: see <see cref="ImapReader.NumberSet"/>.</summary>
    public bool IsUidCommand { get; set; }

    /// <summary>The CAPABILITY data now. RFC 9051 §7.2.2.</summary>
    public ReadOnlyMemory<byte> Capabilities => Registry.CapabilitiesIn(State, Pipe.Traits);

    /// <summary>What a command wants to be done to the connection once its tagged response has been sent, such as beginning TLS; else null.</summary>
    public Func<CancellationToken, ValueTask>? AfterAnswer { get; set; }

    /// <summary>Whether the client has said LOGOUT.</summary>
    public bool IsLoggedOut { get; set; }

    /// <summary>Whether the selected mailbox has been deleted by somebody else, or may not be read any longer.</summary>
    public bool IsMailboxGone => whyGone is not null;

    /// <summary>Whether the account has been suspended since the login, so that nothing more can come of the session.</summary>
    public bool IsSuspended { get; set; }

    /// <summary>Whether the client wants the modification sequence in each FETCH response that tells of a change. RFC 7162 §3.1, §3.2.4.</summary>
    public bool TellsModSeqs { get; private set; }

    /// <summary>Whether the client wants VANISHED instead of EXPUNGE. RFC 7162 §3.2.3, §3.2.10.</summary>
    public bool TellsVanished { get; set; }

    /// <summary>How many logins have failed on this connection.</summary>
    public int FailedLogins { get; set; }

    /// <summary>Whether the client has said UNAUTHENTICATE: the connection goes on with a session that knows nothing of this one. RFC 8437 §3.</summary>
    public bool IsUnauthenticated { get; set; }

    /// <summary>Changes of the user's mailboxes, while somebody is logged in.</summary>
    public IUpdateSubscription Subscription => subscription ?? throw new InvalidOperationException("Nobody is logged in.");

    /// <summary>Enters the authenticated state.</summary>
    /// <exception cref="CommandRefusedException">The user has too many connections.</exception>
    public async ValueTask LogInAsync(IUser loggedIn)
    {
        if (!services.Connections.TryLogIn(loggedIn.Username))
        {
            await loggedIn.LogoutAsync();
            throw new CommandRefusedException(ResponseCode.Limit, $"The user has {Options.MaxConnectionsPerUser} connections already, and may not have more.");
        }

        user = loggedIn;
        subscription = services.Updater.Subscribe(loggedIn.Username);
        Framer.Use(FramerLimits.AfterLogin(Options));
        Pipe.Input.Limit = null;
        Logger.LoggedIn(loggedIn.Username, Pipe.Remote);
    }

    /// <summary>Takes note of a login that failed.</summary>
    public void LoginFailed()
    {
        FailedLogins++;
        Logger.LoginFailed(Pipe.Remote);
    }

    /// <summary>What a login is answered: with the capabilities, which saves the client a round trip. RFC 9051 §6.2.2-6.2.3.</summary>
    public Completion WelcomeCompletion() =>
        Completion.Ok(new ResponseCode.Capability(Capabilities), $"Logged in as {User.Username}");

    /// <summary>Waits until something may have happened that the client should hear of.</summary>
    /// <returns>False when nothing more will be heard.</returns>
    public async Task<bool> WaitForUpdateAsync(CancellationToken cancellationToken)
    {
        if (ownerUpdates is null)
            return await Subscription.Updates.WaitToReadAsync(cancellationToken);
        using var decided = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var own = Subscription.Updates.WaitToReadAsync(decided.Token).AsTask();
        var owners = ownerUpdates.WaitAsync(decided.Token);
        var first = await Task.WhenAny(own, owners);
        var second = first == own ? owners : own;
        if (!await first)
            return await second;
        await decided.CancelAsync();
        await Task.WhenAny(second);
        return true;
    }

    /// <summary>Enters the selected state.</summary>
    /// <param name="mailbox">What is selected.</param>
    /// <param name="shared">Whose it is; null when it is the user's own.</param>
    public void Select(SelectedMailbox mailbox, SharedMailbox? shared)
    {
        Deselect();
        selected = mailbox;
        if (shared is not null)
            ownerUpdates = new OwnerUpdates(services.Updater.Subscribe(shared.Owner), shared.Name);
    }

    /// <summary>Returns to the authenticated state.</summary>
    /// <returns>Whether a mailbox was selected.</returns>
    public bool Deselect()
    {
        var had = selected is not null;
        selected = null;
        ownerUpdates?.Dispose();
        ownerUpdates = null;
        return had;
    }

    /// <summary>
    /// From now on the client is told modification sequences, as CONDSTORE, once it is enabled, wants it. If a mailbox is selected, it is told at once up to where it knows everything.
    /// RFC 7162 §3.1.
    /// </summary>
    public ValueTask TellModSeqsAsync()
    {
        TellsModSeqs = true;
        if (selected is not null)
            Updates(mayExpunge: false, withUid: false).HighestModSeq(selected.Told);
        return default;
    }

    /// <summary>
    /// Takes note of messages that the client itself had removed, which it is told of before the answer; and what it is answered: up to where
    /// it knows everything then, if it goes by that. RFC 7162 §3.2.7, §3.2.9.
    /// </summary>
    public Completion Expunged(ExpungeData data)
    {
        Selected.Removed(data.Expunged);
        return Completion.Ok(TellsVanished && data.ModSeq is not null ? new ResponseCode.ToldModSeq(Selected) : null);
    }

    /// <summary>What tells the client of changes, in the form it wants.</summary>
    /// <param name="mayExpunge">Whether it may hear of messages that are gone. RFC 9051 §7.5.1.</param>
    /// <param name="withUid">Whether FETCH responses have to have the UID.</param>
    public UpdateWriter Updates(bool mayExpunge, bool withUid) => new(Writer, mayExpunge, withUid, TellsModSeqs, TellsVanished);

    /// <summary>
    /// Returns to the authenticated state where the client has not asked for that, and tells it: what was said before is about the mailbox that is
    /// closed. RFC 9051 §6.3.2, §7.1 (CLOSED); RFC 7162 §3.2.11.
    /// </summary>
    public void CloseSelected()
    {
        if (Deselect())
            Writer.UntaggedStatus("OK"u8, ResponseCode.Closed, "Previous mailbox closed");
    }

    /// <summary>Whether something is enabled.</summary>
    /// <param name="name">Its capability.</param>
    public bool IsEnabled(string name) => Enabled.Contains(name);

    /// <summary>
    /// Enables something and what comes with it, if it is not yet: for ENABLE, and for commands that enable what they ask for, such as those of
    /// RFC 7162 §3.1.
    /// </summary>
    /// <param name="name">Its capability, which an extension has registered.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask EnableAsync(string name, CancellationToken cancellationToken)
    {
        var enablable = Registry.Enablables[name];
        if (!Enabled.Add(enablable))
            return;
        Writer.Form = Enabled.Form;
        foreach (var implied in enablable.Implies)
            await EnableAsync(implied, cancellationToken);
        if (enablable.WhenEnabled is { } act)
            await act(this, cancellationToken);
    }

    /// <summary>Whether the mailbox that is selected has this name now: it may have been renamed since.</summary>
    public async ValueTask<bool> IsSelectedAsync(MailboxName name, CancellationToken cancellationToken)
    {
        if (selected is null)
            return false;
        try
        {
            return (await selected.Mailbox.GetInfoAsync(cancellationToken)).Name == name;
        }
        catch (BackendException exception) when (exception.Error == BackendError.NoSuchMailbox)
        {
            return false;
        }
    }

    /// <summary>Learns and tells what happened, as far as the client may hear it now. RFC 9051 §5.2, §7.5.1.</summary>
    /// <param name="mayExpunge">Whether it may hear of EXPUNGE.</param>
    /// <param name="withUid">Whether FETCH responses have to have the UID.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask SynchronizeAsync(bool mayExpunge, bool withUid, CancellationToken cancellationToken)
    {
        Hear();
        await SynchronizeSelectedAsync(mayExpunge, withUid, cancellationToken);
        if (Watch is { } watch && !IsMailboxGone && !IsSuspended)
            await TellOthersAsync(watch, cancellationToken);
    }

    async ValueTask TellOthersAsync(ISessionWatch watch, CancellationToken cancellationToken)
    {
        try
        {
            await watch.TellOthersAsync(cancellationToken);
        }
        catch (BackendException exception) when (exception.Error == BackendError.Suspended)
        {
            IsSuspended = true;
        }
        catch (BackendException exception)
        {
            // As with the selected mailbox: what was missed now will be found next time.
            watch.LookAgain();
            Logger.PollFailed(exception);
        }
    }

    async ValueTask SynchronizeSelectedAsync(bool mayExpunge, bool withUid, CancellationToken cancellationToken)
    {
        if (selected is null)
            return;
        try
        {
            await selected.PollAsync(cancellationToken);
            // What they find they tell, so they wait where nothing is told.
            if (Watch?.Selected != SelectedNews.None)
                await selected.FollowAsync(cancellationToken);
        }
        catch (BackendException exception) when (exception.Error is BackendError.NoSuchMailbox or BackendError.NoPermission)
        {
            // RFC 4314 §5.1.1: who may no longer read it is told so and let go, as where it is deleted.
            whyGone = exception.Error == BackendError.NoPermission ? "You may no longer read the selected mailbox." : "The selected mailbox has been deleted.";
            return;
        }
        catch (BackendException exception) when (exception.Error == BackendError.Suspended)
        {
            IsSuspended = true;
        }
        catch (BackendException exception)
        {
            // The command stands as it is; what was missed now will be found next time.
            Logger.PollFailed(exception);
        }

        // RFC 9051 §7.5.2, RFC 5465 §5.1: what comes unasked has the UID.
        var known = await selected.AnnounceAsync(Updates(mayExpunge, withUid || Enabled.IsRev2 || Watch is not null), Watch?.Selected ?? SelectedNews.All);
        try
        {
            await NewMessages.TellAsync(this, known, cancellationToken);
        }
        catch (BackendException exception)
        {
            // What the client asked for in advance can be asked for again; that the messages are there it has been told.
            Logger.PollFailed(exception);
        }
    }

    /// <summary>Ends the session where the selected mailbox is gone. RFC 2180 §3.3.</summary>
    /// <exception cref="ConnectionEndException">It is.</exception>
    public void EndIfMailboxIsGone()
    {
        if (whyGone is not null)
            throw new ConnectionEndException(whyGone);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        ownerUpdates?.Dispose();
        subscription?.Dispose();
        if (user is null)
            return;
        FinishHeard();
        services.Connections.LogOut(user.Username);
        await user.LogoutAsync();
    }

    // Takes the hints that have come. What they are about is found by polling; a text for the user is told as it is.
    void Hear()
    {
        while (subscription is not null && subscription.Updates.TryRead(out var update))
        {
            heard.Add(update);
            Watch?.Hear(update);
            if (update is StatusUpdate status)
                Writer.UntaggedStatus("OK"u8, ResponseCode.Alert, status.Text);
        }

        ownerUpdates?.Take(heard);
    }

    // What was heard has been told once it is on its way.
    void FinishHeard()
    {
        foreach (var update in heard)
            update.Done();
        heard.Clear();
    }
}
