namespace Backend.Specification.Tests.Messages;

/// <summary>IObjectIdMailbox: EMAILID and THREADID of messages. RFC 8474 §5-7.</summary>
public abstract class ObjectIdSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    const FetchAttributes Ids = FetchAttributes.EmailId | FetchAttributes.ThreadId;

    [Fact]
    public virtual async Task Each_message_has_an_id_of_its_own()
    {
        var box = await InboxAsync();
        var other = await User.CreateAsync("other");
        await box.AppendManyAsync(3);
        await other.AppendAsync("Message 1");

        var ids = (await IdsAsync(box)).Concat(await IdsAsync(other)).Select(static id => id.Email).ToArray();

        Assert.Equal(4, ids.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(ids, static id => Assert.Matches("^[A-Za-z][A-Za-z0-9_-]{0,254}$", id));
    }

    [Fact]
    public virtual async Task Copies_and_moved_messages_keep_their_ids()
    {
        var box = await InboxAsync();
        var other = await User.CreateAsync("other");
        await box.AppendManyAsync(2);
        var before = await IdsAsync(box);

        await box.CopyAsync(UidSet.All, "other");
        await box.CopyAsync(UidSet.All, "INBOX");
        await box.MoveAsync(SequenceSet.Parse("1:2"), "other");

        Assert.Equal(before, await IdsAsync(box));
        (string, string)[] twice = [.. before, .. before];
        Assert.Equal(twice, await IdsAsync(other));
        await User.RenameAsync("other", "renamed");
        Assert.Equal(twice, await IdsAsync(await User.OpenAsync("renamed")));
        await User.RenameAsync("INBOX", "old");
        Assert.Equal(before, await IdsAsync(await User.OpenAsync("old")));
    }

    [Fact]
    public virtual async Task An_id_is_not_given_again()
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync();
        var id = (await IdsAsync(box))[0].Email;
        await box.DiscardAsync(uid);
        await box.AppendAsync();
        var again = await User.CreateAsync("again");
        await again.AppendAsync();
        await User.DeleteAsync("again");
        await (await User.CreateAsync("again")).AppendAsync();

        Assert.NotEqual(id, (await IdsAsync(box))[0].Email);
        Assert.NotEqual((await IdsAsync(box))[0].Email, (await IdsAsync(await User.OpenAsync("again")))[0].Email);
    }

    [Fact]
    public virtual async Task Messages_of_a_conversation_share_a_thread_wherever_they_are()
    {
        var box = await InboxAsync();
        var sent = await User.CreateAsync("Sent");
        await box.AppendAsync(Mail.With("Subject: A\r\nMessage-ID: <a@x>"));
        await sent.AppendAsync(Mail.With("Subject: Re: A\r\nMessage-ID: <b@x>\r\nReferences: <a@x>"));
        await box.AppendAsync(Mail.With("Subject: Re: A\r\nMessage-ID: <c@x>\r\nReferences: <a@x> <b@x>\r\nIn-Reply-To: <b@x>"));
        await box.AppendAsync(Mail.With("Subject: Re: A\r\nMessage-ID: <d@x>\r\nIn-Reply-To: <\"a\"@x>"));
        await box.AppendAsync(Mail.With("Subject: A\r\nMessage-ID: <e@x>"));

        var threads = (await IdsAsync(box)).Select(static id => id.Thread).ToArray();

        Assert.Equal([threads[0], threads[0], threads[0], threads[3]], threads);
        Assert.NotEqual(threads[0], threads[3]);
        Assert.Equal(threads[0], (await IdsAsync(sent))[0].Thread);
        Assert.All(threads, static id => Assert.Matches("^[A-Za-z][A-Za-z0-9_-]{0,254}$", id));
    }

    [Fact]
    public virtual async Task A_message_without_any_id_is_a_thread_of_its_own()
    {
        var box = await InboxAsync();
        await box.AppendAsync(Mail.With("Subject: A"));
        await box.AppendAsync(Mail.With("Subject: A"));
        await box.CopyAsync(SequenceSet.Parse("1"), "INBOX");

        var threads = (await IdsAsync(box)).Select(static id => id.Thread).ToArray();

        Assert.NotEqual(threads[0], threads[1]);
        Assert.Equal(threads[0], threads[2]);
    }

    [Fact]
    public virtual async Task Only_what_is_asked_for_is_told()
    {
        var box = await InboxAsync();
        var uid = await box.AppendAsync();

        var email = await box.FetchAsync(uid, FetchAttributes.EmailId);
        var thread = await box.FetchAsync(uid, FetchAttributes.ThreadId);
        var neither = await box.FetchAsync(uid, FetchAttributes.Flags | FetchAttributes.Envelope);
        var all = await box.FetchAsync(uid, Ids | FetchAttributes.Flags | FetchAttributes.Envelope | FetchAttributes.BodyStructure | FetchAttributes.Size);

        Assert.Equal((true, false), (email.EmailId is not null, email.ThreadId is not null));
        Assert.Equal((false, true), (thread.EmailId is not null, thread.ThreadId is not null));
        Assert.Equal((null, null), (neither.EmailId, neither.ThreadId));
        Assert.Equal((email.EmailId, thread.ThreadId), (all.EmailId, all.ThreadId));
        Assert.NotNull(all.Envelope);
    }

    [Fact]
    public virtual async Task Messages_are_found_by_their_ids()
    {
        var box = await InboxAsync();
        await box.AppendAsync(Mail.With("Subject: A\r\nMessage-ID: <a@x>"));
        await box.AppendAsync(Mail.With("Subject: B\r\nReferences: <a@x>"));
        await box.AppendAsync(Mail.With("Subject: C"));
        await box.CopyAsync(SequenceSet.Parse("1"), "INBOX");
        var uids = await box.UidsAsync();
        var ids = await IdsAsync(box);

        Assert.Equal([uids[0], uids[3]], await SearchAsync(box, new SearchKey.EmailId(ids[0].Email)));
        Assert.Equal([uids[0], uids[1], uids[3]], await SearchAsync(box, new SearchKey.ThreadId(ids[0].Thread)));
        Assert.Equal([uids[2]], await SearchAsync(box, new SearchKey.Not(new SearchKey.ThreadId(ids[0].Thread))));
        Assert.Equal([uids[1], uids[2]], await SearchAsync(box, new SearchKey.Or(new SearchKey.EmailId(ids[1].Email), new SearchKey.EmailId(ids[2].Email))));
        // Together with a key that only the message itself can decide about.
        Assert.Equal([uids[1]], await SearchAsync(box, new SearchKey.And(new SearchKey.ThreadId(ids[0].Thread), new SearchKey.Header("References", "a@x"))));
        Assert.Equal([uids[0]], (await SearchAsync(box, new SearchKey.And(new SearchKey.EmailId(ids[0].Email), new SearchKey.Header("Message-ID", "a@x"))))[..1]);
        foreach (var wrong in new[] { ids[0].Email.ToLowerInvariant(), ids[0].Thread.ToLowerInvariant(), "x", "M", "T-1", ids[0].Email + "0", ids[0].Thread + "0" })
        {
            Assert.Empty(await SearchAsync(box, new SearchKey.EmailId(wrong)));
            Assert.Empty(await SearchAsync(box, new SearchKey.ThreadId(wrong)));
        }

        Assert.Empty(await SearchAsync(box, new SearchKey.EmailId(ids[0].Thread)));
        Assert.Empty(await SearchAsync(box, new SearchKey.ThreadId(ids[0].Email)));
    }

    [Fact]
    public virtual async Task Mail_from_before_has_the_ids_that_new_mail_has()
    {
        var box = await InboxAsync();
        await box.AppendAsync(Mail.With("Subject: A\r\nMessage-ID: <a@x>"));
        await box.AppendAsync(Mail.With("Subject: B\r\nReferences: <a@x>"));
        await box.AppendAsync(Mail.With("Subject: C"));
        var before = await IdsAsync(box);

        await Fixture.ForgetSortsAsync(Token);
        Assert.Equal(before, await IdsAsync(box));
        Assert.Equal(2, (await SearchAsync(box, new SearchKey.ThreadId(before[0].Thread))).Length);
        Assert.Equal(before, await IdsAsync(box));
    }

    [Fact]
    public virtual async Task Ids_outlive_the_program()
    {
        var box = await InboxAsync();
        await box.AppendManyAsync(2);
        var before = await IdsAsync(box);
        if (await Fixture.OpenAgainAsync(Token) is not { } again)
            return;

        var user = await again.LoginAsync(Username, Password, Token);
        Assert.Equal(before, await IdsAsync(await user.OpenAsync("INBOX")));
        await user.LogoutAsync();
    }

    static async Task<(string Email, string Thread)[]> IdsAsync(IMailbox box) =>
        [.. (await box.ListAsync(UidSet.All, Ids)).Select(static message => (message.EmailId!, message.ThreadId!))];
}
