namespace Backend.Specification.Tests.Mailboxes;

/// <summary>IUser.RenameMailboxAsync of everything but INBOX. RFC 9051 §6.3.6; RFC 3501 §6.3.5.</summary>
public abstract class RenameMailboxSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Fact]
    public virtual async Task A_renamed_mailbox_keeps_its_messages_under_the_new_name_only()
    {
        var box = await User.CreateAsync("old");
        var first = await box.AppendAsync("First", Flag.Seen, Flag.Parse("$Work"));
        var second = await box.AppendAsync("Second");
        var before = await ContentAsync("old");

        await User.RenameAsync("old", "new");

        Assert.Equal(["INBOX", "new"], await User.NamesAsync());
        Assert.Equal(before, await ContentAsync("new"));
        Assert.Equal([first, second], await (await User.OpenAsync("new")).UidsAsync());
        await RefusedAsync(BackendError.NoSuchMailbox, () => User.OpenAsync("old"));
    }

    /// <summary>A session may have the mailbox open: neither UIDs nor UIDVALIDITY can change under it. RFC 9051 §2.3.1.1.</summary>
    [Fact]
    public virtual async Task Uids_and_uidvalidity_stay_when_the_new_name_is_really_new()
    {
        var box = await User.CreateAsync("old");
        await box.AppendManyAsync(3);
        var before = await box.StatusAsync();

        await User.RenameAsync("old", "new");

        var after = await (await User.OpenAsync("new")).StatusAsync();
        Assert.Equal((before.UidValidity, before.UidNext), (after.UidValidity, after.UidNext));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("a/missing")]
    [InlineData("A")]
    [InlineData("a%")]
    [InlineData("_")]
    [InlineData("Other")]
    public virtual async Task A_name_that_is_not_there_cannot_be_renamed(string name)
    {
        await User.CreateAsync("a");

        await RefusedWithoutAnyChangeAsync(BackendError.NoSuchMailbox, () => User.RenameAsync(name, "x/y"));
    }

    [Theory]
    [InlineData("b")]
    [InlineData("c/d")]
    [InlineData("c")]
    [InlineData("INBOX")]
    [InlineData("inbox")]
    [InlineData("a")]
    public virtual async Task A_name_that_is_there_cannot_be_taken(string newName)
    {
        foreach (var name in (string[])["a/inferior", "b", "c/d"])
            await (await User.CreateAsync(name)).AppendAsync(name);

        await RefusedWithoutAnyChangeAsync(BackendError.MailboxAlreadyExists, () => User.RenameAsync("a", newName));
    }

    [Fact]
    public virtual async Task A_noselect_name_cannot_be_taken_either()
    {
        await User.CreateAsync("a");
        await User.CreateAsync("b/c");
        await User.DeleteAsync("b");

        await RefusedWithoutAnyChangeAsync(BackendError.MailboxAlreadyExists, () => User.RenameAsync("a", "b"));
    }

    [Theory]
    [InlineData("a/x")]
    [InlineData("a/x/y")]
    [InlineData("a/b/x")]
    public virtual async Task A_mailbox_cannot_go_below_itself(string newName)
    {
        await User.CreateAsync("a/b");

        await RefusedWithoutAnyChangeAsync(BackendError.Cannot, () => User.RenameAsync("a", newName));
    }

    [Fact]
    public virtual async Task Inferiors_follow_at_any_depth()
    {
        foreach (var name in (string[])["foo", "foo/bar", "foo/bar/zap", "foo/x"])
            await (await User.CreateAsync(name)).AppendAsync(name);
        var before = await ContentAsync("foo", "foo/bar", "foo/bar/zap", "foo/x");

        await User.RenameAsync("foo", "zap");

        Assert.Equal(["INBOX", "zap", "zap/bar", "zap/bar/zap", "zap/x"], await User.NamesAsync());
        Assert.Equal(before, await ContentAsync("zap", "zap/bar", "zap/bar/zap", "zap/x"));
    }

    [Fact]
    public virtual async Task Missing_superiors_of_the_new_name_are_created()
    {
        await (await User.CreateAsync("foo/bar/zap")).AppendAsync();

        await User.RenameAsync("foo/bar/zap", "baz/rag/zowie");

        Assert.Equal(["INBOX", "baz", "baz/rag", "baz/rag/zowie", "foo", "foo/bar"], await User.NamesAsync());
        await (await User.OpenAsync("baz/rag")).AppendAsync();
        Assert.Single(await (await User.OpenAsync("baz/rag/zowie")).UidsAsync());
    }

    [Fact]
    public virtual async Task Superiors_of_the_old_name_stay_with_their_messages()
    {
        var superior = await User.CreateAsync("a");
        await superior.AppendAsync();
        await User.CreateAsync("a/b");
        var before = await Snapshot.OfAsync(superior);

        await User.RenameAsync("a/b", "c");

        Assert.Equal(before, await Snapshot.OfAsync(superior));
        Assert.Equal(MailboxAttributes.HasNoChildren, (await User.InfoAsync("a")).Attributes);
    }

    [Fact]
    public virtual async Task A_mailbox_can_go_up_and_down_in_its_own_branch()
    {
        await (await User.CreateAsync("a/b/c")).AppendAsync();

        await User.RenameAsync("a/b", "ab");
        await User.RenameAsync("ab/c", "a/c");
        await User.RenameAsync("a/c", "ab/x/c");

        Assert.Equal(["INBOX", "a", "ab", "ab/x", "ab/x/c"], await User.NamesAsync());
        Assert.Single(await (await User.OpenAsync("ab/x/c")).UidsAsync());
    }

    [Fact]
    public virtual async Task A_noselect_name_can_be_renamed_with_its_inferiors()
    {
        await (await User.CreateAsync("a/b")).AppendAsync();
        await User.DeleteAsync("a");

        await User.RenameAsync("a", "c");

        Assert.Equal(["INBOX", "c", "c/b"], await User.NamesAsync());
        Assert.True((await User.InfoAsync("c")).Attributes.HasFlag(MailboxAttributes.NoSelect));
        Assert.Single(await (await User.OpenAsync("c/b")).UidsAsync());
        await User.CreateAsync("a");
    }

    [Theory]
    [InlineData("a_b", "axb/c")]
    [InlineData("a%", "abc/d")]
    [InlineData("%", "a/b")]
    [InlineData("_", "a/b")]
    [InlineData("a", "ab")]
    [InlineData("a", "ab/c")]
    [InlineData("a", "a b/c")]
    [InlineData("a", "a-/c")]
    [InlineData("a", "a0/c")]
    [InlineData("a", "A/c")]
    [InlineData("ä", "Ä/c")]
    [InlineData("\\", "\\\\/c")]
    [InlineData("[a]", "a/c")]
    [InlineData("a*", "ab/c")]
    public virtual async Task A_mailbox_of_a_similar_name_stays_where_it_is(string name, string similar)
    {
        await User.CreateAsync(name + "/inferior");
        var other = await User.CreateAsync(similar);
        await other.AppendAsync();
        var before = await Snapshot.OfAsync(other);

        await User.RenameAsync(name, "renamed");

        Assert.Equal(before, await Snapshot.OfAsync(other));
        var names = await User.NamesAsync();
        Assert.Contains(similar, names);
        Assert.Contains("renamed/inferior", names);
        Assert.DoesNotContain(name, names);
    }

    [Theory]
    [InlineData("100% \"sure\"")]
    [InlineData("it's")]
    [InlineData("back\\slash")]
    [InlineData("under_score")]
    [InlineData("Größe/Straße")]
    [InlineData("日本/東京")]
    [InlineData("📥")]
    [InlineData(" ")]
    public virtual async Task Any_name_can_be_given_and_taken_away(string name)
    {
        await (await User.CreateAsync("plain/inferior")).AppendAsync();

        await User.RenameAsync("plain", name);
        Assert.Single(await (await User.OpenAsync(name + "/inferior")).UidsAsync());
        await User.RenameAsync(name, "plain again");

        Assert.Single(await (await User.OpenAsync("plain again/inferior")).UidsAsync());
        Assert.DoesNotContain(name, await User.NamesAsync());
    }

    [Fact]
    public virtual async Task A_change_of_case_is_a_rename_like_any_other()
    {
        await (await User.CreateAsync("work/x")).AppendAsync();

        await User.RenameAsync("work", "Work");

        Assert.Equal(["INBOX", "Work", "Work/x"], await User.NamesAsync());
        Assert.Single(await (await User.OpenAsync("Work/x")).UidsAsync());
    }

    [Fact]
    public virtual async Task The_decomposed_form_of_a_name_is_the_name_itself()
    {
        await User.CreateAsync("\u00fc");

        await RefusedAsync(BackendError.MailboxAlreadyExists, () => User.RenameAsync("\u00fc", "u\u0308"));
        await User.RenameAsync("u\u0308", "v");
        Assert.Equal(["INBOX", "v"], await User.NamesAsync());
    }

    [Fact]
    public virtual async Task Two_mailboxes_can_swap_their_names()
    {
        await (await User.CreateAsync("a/x")).AppendAsync("From a/x");
        await (await User.CreateAsync("b/y")).AppendAsync("From b/y");
        var (x, y) = (await ContentAsync("a/x"), await ContentAsync("b/y"));

        await User.RenameAsync("a", "aside");
        await User.RenameAsync("b", "a");
        await User.RenameAsync("aside", "b");

        Assert.Equal(["INBOX", "a", "a/y", "b", "b/x"], await User.NamesAsync());
        Assert.Equal((x, y), (await ContentAsync("b/x"), await ContentAsync("a/y")));
    }

    [Fact]
    public virtual async Task A_long_name_and_fifty_levels_can_be_renamed()
    {
        var deep = string.Join('/', Enumerable.Range(1, 49).Select(static level => $"l{level}"));
        var wide = new string('w', 1200);
        await (await User.CreateAsync($"top/{deep}")).AppendAsync();

        await User.RenameAsync("top", wide);

        Assert.Single(await (await User.OpenAsync($"{wide}/{deep}")).UidsAsync());
        Assert.Equal(51, (await User.NamesAsync()).Length);
        Assert.DoesNotContain("top", await User.NamesAsync());
    }

    [Fact]
    public virtual async Task An_inferior_whose_name_would_be_too_long_prevents_it_all()
    {
        await User.CreateAsync($"a/{new string('x', 2000)}");

        await RefusedWithoutAnyChangeAsync(BackendError.InvalidMailboxName, () => User.RenameAsync("a", $"new/{new string('y', 2500)}"));
    }

    [Fact]
    public virtual async Task An_inferior_that_would_be_too_deep_prevents_it_all()
    {
        var half = string.Join('/', Enumerable.Repeat("l", 60));
        await User.CreateAsync($"a/{half}");

        await RefusedWithoutAnyChangeAsync(BackendError.InvalidMailboxName, () => User.RenameAsync("a", half));
    }

    [Fact]
    public virtual async Task Subscriptions_stay_with_the_name()
    {
        await User.CreateAsync("a/b");
        await User.SubscribeAsync("a");
        await User.SubscribeAsync("a/b");

        await User.RenameAsync("a", "c");

        Assert.Equal(["a", "a/b"], await User.SubscribedNamesAsync());
        Assert.False((await User.InfoAsync("c")).Attributes.HasFlag(MailboxAttributes.Subscribed));
    }

    [Fact]
    public virtual async Task The_special_use_goes_with_the_mailbox()
    {
        await User.CreateAsync("Sent", SpecialUse.Sent);

        await User.RenameAsync("Sent", "Gesendet");

        Assert.Equal(SpecialUse.Sent, (await User.InfoAsync("Gesendet")).SpecialUse);
        await User.CreateAsync("Sent", SpecialUse.None);
        await RefusedAsync(BackendError.SpecialUseTaken, () => User.CreateAsync("Sent 2", SpecialUse.Sent));
    }

    [Fact]
    public virtual async Task Of_eight_who_rename_the_same_mailbox_at_once_one_succeeds()
    {
        await (await User.CreateAsync("a/b")).AppendAsync();

        var renamed = await AtOnceAsync(8, async (user, i) =>
        {
            try
            {
                await user.RenameAsync("a", $"to {i}");
                return true;
            }
            catch (BackendException refusal) when (refusal.Error == BackendError.NoSuchMailbox)
            {
                return false;
            }
        });

        var winner = Array.IndexOf(renamed, true);
        Assert.Single(renamed, true);
        Assert.Equal(["INBOX", $"to {winner}", $"to {winner}/b"], await User.NamesAsync());
    }

    [Fact]
    public virtual async Task Of_eight_who_want_the_same_new_name_at_once_one_succeeds()
    {
        for (var i = 0; i < 8; i++)
            await (await User.CreateAsync($"from {i}")).AppendAsync($"From {i}");

        var renamed = await AtOnceAsync(8, async (user, i) =>
        {
            try
            {
                await user.RenameAsync($"from {i}", "to/here");
                return true;
            }
            catch (BackendException refusal) when (refusal.Error == BackendError.MailboxAlreadyExists)
            {
                return false;
            }
        });

        Assert.Single(renamed, true);
        Assert.Equal(1 + 7 + 2, (await User.NamesAsync()).Length);
        Assert.Single(await (await User.OpenAsync("to/here")).UidsAsync());
    }

    async Task<string> ContentAsync(params string[] names)
    {
        var text = new StringBuilder();
        foreach (var name in names)
            foreach (var message in await (await User.OpenAsync(name)).ListAsync(UidSet.All, new FetchItems { Attributes = FetchAttributes.Flags | FetchAttributes.InternalDate, Sections = [new SectionItem(Section.Whole)] }))
                text.AppendLine(CultureInfo.InvariantCulture, $"{message.Uid} {message.Flags!.WithoutRecent()} {message.InternalDate:O} {Encoding.UTF8.GetString(message.Octets[0]!)}");
        return text.ToString();
    }
}
