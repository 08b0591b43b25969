namespace Backend.Specification.Tests.Models;

/// <summary>What a session does in one step: a closed family, written as it is printed.</summary>
abstract record Act
{
    Act()
    {
    }

    /// <summary>Does it.</summary>
    /// <returns>What came of it.</returns>
    public abstract Task<Answer> RunAsync(Session session);

    public sealed record Create(string Name, SpecialUse Use) : Act
    {
        public override Task<Answer> RunAsync(Session session) =>
            session.DoAsync(token => session.User.CreateMailboxAsync(MailboxName.Parse(Name), new CreateOptions { SpecialUse = Use }, token));

        public override string ToString() => $"Create {Name}{(Use == SpecialUse.None ? "" : $" as {Use}")}";
    }

    public sealed record Delete(string Name) : Act
    {
        public override Task<Answer> RunAsync(Session session) => session.DoAsync(token => session.User.DeleteMailboxAsync(MailboxName.Parse(Name), token));

        public override string ToString() => $"Delete {Name}";
    }

    public sealed record Rename(string Name, string NewName) : Act
    {
        public override Task<Answer> RunAsync(Session session) =>
            session.DoAsync(token => session.User.RenameMailboxAsync(MailboxName.Parse(Name), MailboxName.Parse(NewName), token));

        public override string ToString() => $"Rename {Name} to {NewName}";
    }

    public sealed record Subscribe(string Name, bool Subscribed) : Act
    {
        public override Task<Answer> RunAsync(Session session) => session.DoAsync(token => session.User.SetSubscribedAsync(MailboxName.Parse(Name), Subscribed, token));

        public override string ToString() => $"{(Subscribed ? "Subscribe" : "Unsubscribe")} {Name}";
    }

    public sealed record List(bool Subscribed) : Act
    {
        public override Task<Answer> RunAsync(Session session) => session.ListAsync(Subscribed);

        public override string ToString() => Subscribed ? "List subscribed" : "List";
    }

    /// <summary>Goes on with a handle on this mailbox.</summary>
    public sealed record Open(string Name) : Act
    {
        public override Task<Answer> RunAsync(Session session) => session.OpenAsync(MailboxName.Parse(Name));

        public override string ToString() => $"Open {Name}";
    }

    public sealed record Select(bool Examine) : Act
    {
        public override Task<Answer> RunAsync(Session session) => session.SelectAsync(Examine);

        public override string ToString() => Examine ? "Examine" : "Select";
    }

    /// <summary>Polls since the last time, or since the time before, or since the beginning.</summary>
    public sealed record Poll(int Back) : Act
    {
        public override Task<Answer> RunAsync(Session session) => session.PollAsync(Back);

        public override string ToString() => Back == 0 ? "Poll" : $"Poll from {Back} polls ago";
    }

    public sealed record Status : Act
    {
        public override Task<Answer> RunAsync(Session session) => session.StatusAsync();

        public override string ToString() => "Status";
    }

    /// <summary>Appends one of the messages of <see cref="ModelMail"/>.</summary>
    public sealed record Append(int Mail, FlagSet Flags, int Hours) : Act
    {
        public override Task<Answer> RunAsync(Session session) => session.AppendAsync(Mail, Flags, Hours);

        public override string ToString() => $"Append mail {Mail} {Flags} dated {Hours} hours later";
    }

    public sealed record Store(NumberSet Messages, FlagsOperation Operation, FlagSet Flags) : Act
    {
        public override Task<Answer> RunAsync(Session session) => session.StoreAsync(Messages, Operation, Flags);

        public override string ToString() => $"{Operation} {Flags} in {Told(Messages)}";
    }

    public sealed record Copy(NumberSet Messages, string Destination) : Act
    {
        public override Task<Answer> RunAsync(Session session) => session.CopyAsync(Messages, MailboxName.Parse(Destination));

        public override string ToString() => $"Copy {Told(Messages)} to {Destination}";
    }

    public sealed record Move(NumberSet Messages, string Destination) : Act
    {
        public override Task<Answer> RunAsync(Session session) => session.MoveAsync(Messages, MailboxName.Parse(Destination));

        public override string ToString() => $"Move {Told(Messages)} to {Destination}";
    }

    public sealed record Expunge(UidSet? Uids) : Act
    {
        public override Task<Answer> RunAsync(Session session) => session.ExpungeAsync(Uids);

        public override string ToString() => $"Expunge {(Uids is null ? "all" : Told(Uids))}";
    }

    public sealed record Fetch(NumberSet Messages, FetchItems Items) : Act
    {
        public override Task<Answer> RunAsync(Session session) => session.FetchAsync(Messages, Items);

        public override string ToString() => $"Fetch {Told(Messages)} {Items.Attributes} {string.Join(' ', Items.Sections.Select(static item => $"[{item.Section}]{item.Partial}"))}";
    }

    public sealed record Search(SearchKey Key, bool ByNumber) : Act
    {
        public override Task<Answer> RunAsync(Session session) => session.SearchAsync(Key, ByNumber);

        public override string ToString() => $"Search {(ByNumber ? "by number " : "")}{SearchModel.Print(Key)}";
    }

    public sealed record Sort(SearchKey Key, ImmutableArray<SortCriterion> Order) : Act
    {
        public override Task<Answer> RunAsync(Session session) => session.SortAsync(Key, Order);

        public override string ToString() => $"Sort by {string.Join(' ', Order)} {SearchModel.Print(Key)}";
    }

    public sealed record Thread(SearchKey Key, ThreadAlgorithm Algorithm) : Act
    {
        public override Task<Answer> RunAsync(Session session) => session.ThreadAsync(Key, Algorithm);

        public override string ToString() => $"Thread by {Algorithm} {SearchModel.Print(Key)}";
    }

    /// <summary>Changes flags of what has not changed since a poll.</summary>
    public sealed record StoreUnchanged(NumberSet Messages, int Back, FlagsOperation Operation, FlagSet Flags) : Act
    {
        public override Task<Answer> RunAsync(Session session) => session.StoreUnchangedAsync(Messages, Back, Operation, Flags);

        public override string ToString() => $"{Operation} {Flags} in {Told(Messages)} unchanged since {Back} polls ago";
    }

    /// <summary>Lists what has changed since a poll.</summary>
    public sealed record FetchChanged(NumberSet Messages, int Back) : Act
    {
        public override Task<Answer> RunAsync(Session session) => session.FetchChangedAsync(Messages, Back);

        public override string ToString() => $"Fetch {Told(Messages)} changed since {Back} polls ago";
    }

    /// <summary>Time passes.</summary>
    public sealed record Wait(TimeSpan Time) : Act
    {
        public override Task<Answer> RunAsync(Session session) => Task.FromResult(new Answer("waited"));

        public override string ToString() => $"Wait {Time}";
    }

    /// <summary>The store forgets its log of changes, if it can.</summary>
    public sealed record Forget : Act
    {
        public override Task<Answer> RunAsync(Session session) => session.ForgetAsync();

        public override string ToString() => "Forget the log of changes";
    }

    static string Told(NumberSet messages) => $"{(messages is SequenceSet ? "numbers" : "UIDs")} {(messages.IsEmpty ? "(none)" : messages)}";
}
