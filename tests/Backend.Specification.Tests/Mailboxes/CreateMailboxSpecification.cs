namespace Backend.Specification.Tests.Mailboxes;

/// <summary>IUser.CreateMailboxAsync. RFC 9051 §5.1, §6.3.4; RFC 3501 §6.3.3; RFC 6154 §3.</summary>
public abstract class CreateMailboxSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    [Fact]
    public virtual async Task A_new_mailbox_is_empty_and_open_to_all_operations()
    {
        var box = await User.CreateAsync("a");

        var status = await box.StatusAsync();

        Assert.Equal("a", box.Name.Value);
        Assert.Equal((0, 0, 0, 0, 0), (status.Messages, status.Unseen, status.Deleted, status.Size, status.Recent));
        Assert.True(status.UidNext >= Uid.MinValue);
        Assert.True(status.UidValidity!.Value.Value > 0);
        var uid = await box.AppendAsync();
        Assert.Equal([uid], await box.UidsAsync());
        Assert.Equal(["INBOX", "a"], await User.NamesAsync());
    }

    [Fact]
    public virtual async Task A_name_that_is_there_is_refused()
    {
        await (await User.CreateAsync("a/b")).AppendAsync();

        await RefusedWithoutAnyChangeAsync(BackendError.MailboxAlreadyExists, () => User.CreateAsync("a/b"));
        await RefusedWithoutAnyChangeAsync(BackendError.MailboxAlreadyExists, () => User.CreateAsync("a"));
    }

    [Theory]
    [InlineData("INBOX")]
    [InlineData("inbox")]
    [InlineData("Inbox")]
    [InlineData("iNbOx/")]
    public virtual Task Inbox_is_there_in_any_case(string name) =>
        RefusedWithoutAnyChangeAsync(BackendError.MailboxAlreadyExists, () => User.CreateAsync(name));

    [Fact]
    public virtual async Task Inferiors_of_inbox_are_below_it_in_any_case()
    {
        await User.CreateAsync("inbox/a");

        await RefusedAsync(BackendError.MailboxAlreadyExists, () => User.CreateAsync("INBOX/a"));
        Assert.Equal(["INBOX", "INBOX/a"], await User.NamesAsync());
        await RefusedAsync(BackendError.NoSuchMailbox, () => User.OpenAsync("INBOX/A"));
    }

    [Fact]
    public virtual async Task Missing_superiors_are_created_as_mailboxes()
    {
        await User.CreateAsync("foo/bar/zap");

        Assert.Equal(["INBOX", "foo", "foo/bar", "foo/bar/zap"], await User.NamesAsync());
        await (await User.OpenAsync("foo")).AppendAsync();
        await (await User.OpenAsync("foo/bar")).AppendAsync();
    }

    [Fact]
    public virtual async Task Superiors_that_are_there_stay_as_they_are()
    {
        var superior = await User.CreateAsync("a");
        await superior.AppendAsync("Kept", Flag.Seen);
        var before = await Snapshot.OfAsync(superior);

        await User.CreateAsync("a/b/c");

        Assert.Equal(before, await Snapshot.OfAsync(superior));
    }

    [Fact]
    public virtual async Task A_trailing_delimiter_is_only_a_declaration()
    {
        await User.CreateAsync("a/");

        Assert.Equal(["INBOX", "a"], await User.NamesAsync());
        await User.CreateAsync("a/b");
    }

    [Fact]
    public virtual async Task A_noselect_name_becomes_a_mailbox_again_without_the_old_messages()
    {
        await (await User.CreateAsync("a")).AppendAsync("Old");
        var inferior = await User.CreateAsync("a/b");
        await inferior.AppendAsync("Kept");
        await User.DeleteAsync("a");

        var again = await User.CreateAsync("a");

        Assert.Empty(await again.UidsAsync());
        Assert.Equal(MailboxAttributes.HasChildren, (await User.InfoAsync("a")).Attributes);
        Assert.Single(await inferior.UidsAsync());
        await again.AppendAsync("New");
    }

    /// <summary>Only superiors that are missing are created: a \Noselect name is there.</summary>
    [Fact]
    public virtual async Task A_noselect_superior_stays_noselect()
    {
        await User.CreateAsync("a/b");
        await User.DeleteAsync("a");

        await User.CreateAsync("a/c");

        Assert.True((await User.InfoAsync("a")).Attributes.HasFlag(MailboxAttributes.NoSelect));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("*")]
    [InlineData("_")]
    [InlineData("a%b_c")]
    [InlineData("\\")]
    [InlineData("\\Noselect")]
    [InlineData("\"quoted\"")]
    [InlineData("o'brien; DROP TABLE mailboxes --")]
    [InlineData(" leading and trailing ")]
    [InlineData("two  spaces")]
    [InlineData("&")]
    [InlineData("&AOk-")]
    [InlineData("#news.comp")]
    [InlineData("~peter")]
    [InlineData("..")]
    [InlineData("./x")]
    [InlineData("a.b.c")]
    [InlineData("NIL")]
    [InlineData("(list)")]
    [InlineData("{5}")]
    [InlineData("Entwürfe/Größe")]
    [InlineData("Входящие")]
    [InlineData("受信トレイ")]
    [InlineData("📥/👩‍👩‍👧")]
    [InlineData("\u202eright to left")]
    [InlineData("ﬁ")]
    public virtual async Task A_name_is_just_text(string name)
    {
        var box = await User.CreateAsync(name);
        var uid = await box.AppendAsync();

        Assert.Equal(name, box.Name.Value);
        Assert.Contains(name, await User.NamesAsync());
        Assert.Equal([uid], await (await (await LoginAsync()).OpenAsync(name)).UidsAsync());
        await RefusedAsync(BackendError.MailboxAlreadyExists, () => User.CreateAsync(name));
        await User.DeleteAsync(name);
        Assert.DoesNotContain(name, await User.NamesAsync());
    }

    [Theory]
    [InlineData("a", "A")]
    [InlineData("Straße", "STRASSE")]
    [InlineData("ä", "Ä")]
    [InlineData("ä", "a")]
    [InlineData("ı", "i")]
    [InlineData("a", "a ")]
    [InlineData("ﬁ", "fi")]
    public virtual async Task Names_that_differ_in_anything_are_different_mailboxes(string first, string second)
    {
        await (await User.CreateAsync(first)).AppendAsync("First");

        var other = await User.CreateAsync(second);

        Assert.Empty(await other.UidsAsync());
        Assert.Contains(first, await User.NamesAsync());
    }

    /// <summary>RFC 5198 §3: names are compared in NFC.</summary>
    [Fact]
    public virtual async Task Composed_and_decomposed_letters_are_the_same_name()
    {
        await (await User.CreateAsync("Entwu\u0308rfe")).AppendAsync();

        Assert.Single(await (await User.OpenAsync("Entw\u00fcrfe")).UidsAsync());
        await RefusedAsync(BackendError.MailboxAlreadyExists, () => User.CreateAsync("Entw\u00fcrfe"));
        Assert.Equal(["INBOX", "Entw\u00fcrfe"], await User.NamesAsync());
    }

    [Theory]
    [InlineData(1200, 'x')]
    [InlineData(MailboxName.MaxLength, 'x')]
    [InlineData(MailboxName.MaxLength / 2, 'ü')]
    public virtual async Task A_name_can_be_very_long(int length, char letter)
    {
        var name = new string(letter, length);
        var sibling = name[..^1] + "y";

        var uid = await (await User.CreateAsync(name)).AppendAsync();
        await User.CreateAsync(sibling);

        Assert.Equal([uid], await (await User.OpenAsync(name)).UidsAsync());
        Assert.Empty(await (await User.OpenAsync(sibling)).UidsAsync());
        Assert.Equal(3, (await User.NamesAsync()).Length);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(MailboxName.MaxLevels)]
    public virtual async Task A_name_can_be_very_deep(int levels)
    {
        var name = string.Join('/', Enumerable.Range(1, levels).Select(static level => $"l{level}"));

        await (await User.CreateAsync(name)).AppendAsync();

        Assert.Equal(levels + 1, (await User.NamesAsync()).Length);
        Assert.Single(await (await User.OpenAsync(name)).UidsAsync());
    }

    /// <summary>RFC 6154 §3: all or nothing.</summary>
    [Fact]
    public virtual async Task A_special_use_that_is_taken_creates_nothing()
    {
        await User.CreateAsync("Sent", SpecialUse.Sent);

        await RefusedWithoutAnyChangeAsync(BackendError.SpecialUseTaken, () => User.CreateAsync("new/Sent", SpecialUse.Sent));
        await User.CreateAsync("new/Sent", SpecialUse.Drafts);
        await User.CreateAsync("new/None", SpecialUse.None);
    }

    [Fact]
    public virtual async Task A_special_use_belongs_to_the_mailbox_and_not_to_its_superiors()
    {
        await User.CreateAsync("a/b", SpecialUse.Trash);

        Assert.Equal(SpecialUse.None, (await User.InfoAsync("a")).SpecialUse);
        Assert.Equal(SpecialUse.Trash, (await User.InfoAsync("a/b")).SpecialUse);
    }

    [Fact]
    public virtual async Task A_special_use_is_free_again_when_its_mailbox_is_deleted()
    {
        await User.CreateAsync("Sent/2023", SpecialUse.None);
        await User.CreateAsync("Old", SpecialUse.Sent);
        await User.CreateAsync("Old/inferior");
        await User.DeleteAsync("Old");

        await User.CreateAsync("New", SpecialUse.Sent);

        Assert.Equal(SpecialUse.None, (await User.InfoAsync("Old")).SpecialUse);
    }

    [Fact]
    public virtual async Task Of_eight_who_create_the_same_name_at_once_one_succeeds()
    {
        var created = await AtOnceAsync(8, async (user, _) =>
        {
            try
            {
                await user.CreateMailboxAsync(MailboxName.Parse("a/b"), CreateOptions.Default, Token);
                return true;
            }
            catch (BackendException refusal) when (refusal.Error == BackendError.MailboxAlreadyExists)
            {
                return false;
            }
        });

        Assert.Single(created, true);
        Assert.Equal(["INBOX", "a", "a/b"], await User.NamesAsync());
    }

    [Fact]
    public virtual async Task Eight_who_create_below_the_same_missing_superior_all_succeed()
    {
        await AtOnceAsync(8, (user, i) => user.CreateAsync($"a/b/{i}"));

        Assert.Equal(11, (await User.NamesAsync()).Length);
    }
}
