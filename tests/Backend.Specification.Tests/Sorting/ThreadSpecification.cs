namespace Backend.Specification.Tests.Sorting;

/// <summary>IThreadMailbox.ThreadMessagesAsync. RFC 5256 §2-3 (THREAD). How threads are made is tested beside the algorithms.</summary>
public abstract class ThreadSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Fact]
    public virtual async Task Replies_are_below_what_they_answer()
    {
        var box = await ConversationAsync("a::Lunch", "b:a:Re: Lunch", "c:a,b:Aw: Lunch", "d:a:Re: Lunch", "e::Dinner");

        Assert.Equal("1 .2 ..3 .4 5", await ThreadAsync(box, ThreadAlgorithm.References));
        Assert.Equal("1 .2 .4 3 5", await ThreadAsync(box, ThreadAlgorithm.OrderedSubject));
    }

    [Fact]
    public virtual async Task Messages_of_one_subject_belong_together_without_references()
    {
        var box = await ConversationAsync("a::Re: Lunch", "b::Lunch", "c::=?utf-8?q?Fwd=3A_L=55nch?=", "::", "::");

        Assert.Equal("2 .1 .3 4 5", await ThreadAsync(box, ThreadAlgorithm.References));
        Assert.Equal("1 .2 .3 4 .5", await ThreadAsync(box, ThreadAlgorithm.OrderedSubject));
    }

    [Fact]
    public virtual async Task Siblings_whose_parent_is_not_there_stand_below_none()
    {
        var box = await ConversationAsync("b:a:x", "c:a:y", "d:a,b:z", "e:n:u");

        Assert.Equal("- .1 ..3 .2 4", await ThreadAsync(box, ThreadAlgorithm.References));
    }

    [Fact]
    public virtual async Task Only_what_matches_is_threaded()
    {
        var box = await ConversationAsync("a::Lunch", "b:a:Re: Lunch", "c:a,b:Re: Lunch", "d:a,b:Re: Lunch");
        await box.AddAsync(new Uid(2), Flag.Flagged);

        Assert.Equal("1 .3 .4", await ThreadAsync(box, ThreadAlgorithm.References, new SearchKey.Not(new SearchKey.HasFlag(Flag.Flagged))));
        Assert.Equal("2 .3", await ThreadAsync(box, ThreadAlgorithm.References, new SearchKey.Sequence(SequenceSet.Parse("2:3"))));
        Assert.Equal("- .3 .4", await ThreadAsync(box, ThreadAlgorithm.References, new SearchKey.Uids(UidSet.Parse("3:*"))));
        Assert.Equal("", await ThreadAsync(box, ThreadAlgorithm.References, new SearchKey.Body("not in mailbox")));
        Assert.Equal("", await ThreadAsync(await User.CreateAsync("empty"), ThreadAlgorithm.OrderedSubject));
    }

    [Fact]
    public virtual async Task Siblings_and_threads_are_by_sent_date_and_by_arrival_where_there_is_none()
    {
        var box = await InboxAsync();
        await box.AppendAsync(Mail.With("Subject: a\r\nMessage-ID: <a@x>\r\nDate: 3 Jan 2001 00:00:00 +0000"));
        await box.AppendAsync(Mail.With("Subject: b\r\nReferences: <a@x>\r\nDate: 5 Jan 2001 00:00:00 +0000"));
        await box.CreateMessageAsync(Mail.With("Subject: c\r\nReferences: <a@x>"), new AppendOptions { InternalDate = new DateTimeOffset(2001, 1, 4, 0, 0, 0, TimeSpan.Zero) });
        await box.AppendAsync(Mail.With("Subject: d\r\nDate: 2 Jan 2001 00:00:00 +0000"));

        Assert.Equal("4 1 .3 .2", await ThreadAsync(box, ThreadAlgorithm.References));
        Assert.Equal("4 1 3 2", await ThreadAsync(box, ThreadAlgorithm.OrderedSubject));
    }

    [Fact]
    public virtual async Task Ids_are_the_same_however_they_are_quoted()
    {
        var box = await InboxAsync();
        await box.AppendAsync(Mail.With("Subject: a\r\nMessage-ID: <\"01KF8JCEOCBS0045PS\"@xxx.yyy.com>"));
        await box.AppendAsync(Mail.With("Subject: b\r\nIn-Reply-To: Your mail <01KF8JCEOCBS0045PS@xxx.yyy.com>"));
        await box.AppendAsync(Mail.With("Subject: c\r\nIn-Reply-To: <01kf8jceocbs0045ps@xxx.yyy.com>"));

        Assert.Equal("1 .2 3", await ThreadAsync(box, ThreadAlgorithm.References));
    }

    [Fact]
    public virtual async Task Mail_from_before_is_threaded_too()
    {
        var box = await ConversationAsync("a::Lunch", "b:a:Re: Lunch", "c:a,b:x", "d::Dinner");
        await Fixture.ForgetSortsAsync(Token);
        await box.AppendAsync(Mail.With("Subject: y\r\nReferences: <c@x>"));

        Assert.Equal("1 .2 ..3 ...5 4", await ThreadAsync(box, ThreadAlgorithm.References));
        await Fixture.ForgetSortsAsync(Token);
        Assert.Equal("1 .2 3 4 5", await ThreadAsync(box, ThreadAlgorithm.OrderedSubject));
    }

    [Fact]
    public virtual async Task A_long_thread_is_one()
    {
        var box = await InboxAsync();
        for (var i = 0; i < 300; i++)
            await box.AppendAsync(Mail.With($"Subject: {i}\r\nMessage-ID: <{i}@x>\r\nReferences: <{i - 1}@x>"));

        Assert.Equal(Enumerable.Range(0, 300), (await box.ThreadAsync(ThreadAlgorithm.References, new SearchKey.All())).Select(static member => member.Depth));
    }

    [Fact]
    public virtual async Task A_search_that_cannot_be_done_is_refused()
    {
        var box = await InboxAsync();
        SearchKey key = new SearchKey.All();
        for (var i = 0; i < SearchCriteria.MaxDepth; i++)
            key = new SearchKey.Not(key);

        await RefusedAsync(BackendError.Limit, () => box.ThreadAsync(ThreadAlgorithm.References, key));
        var gone = await User.CreateAsync("gone");
        await User.DeleteAsync("gone");
        await RefusedAsync(BackendError.NoSuchMailbox, () => gone.ThreadAsync(ThreadAlgorithm.OrderedSubject, new SearchKey.All()));
    }

    /// <summary>A mailbox of messages written as "id:references:subject", each sent a minute after the one before it.</summary>
    async Task<IMailbox> ConversationAsync(params string[] messages)
    {
        var box = await InboxAsync();
        foreach (var (i, message) in messages.Index())
        {
            var parts = message.Split(':', 3);
            var references = string.Concat(parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static id => $" <{id}@x>"));
            await box.AppendAsync(Mail.With(
                $"Date: 1 Jan 2001 10:{i:00}:00 +0000\r\nSubject: {parts[2]}"
                + (parts[0].Length > 0 ? $"\r\nMessage-ID: <{parts[0]}@x>" : "")
                + (references.Length > 0 ? $"\r\nReferences:{references}" : "")));
        }

        return box;
    }

    /// <summary>Threads as a line: a dot for each step down, "-" for what is not there.</summary>
    static async Task<string> ThreadAsync(IMailbox box, ThreadAlgorithm algorithm, SearchKey? key = null) =>
        string.Join(' ', (await box.ThreadAsync(algorithm, key ?? new SearchKey.All())).Select(static member => $"{new string('.', member.Depth)}{member.Uid?.ToString() ?? "-"}"));
}
