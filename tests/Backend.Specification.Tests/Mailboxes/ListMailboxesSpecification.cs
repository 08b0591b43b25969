namespace Backend.Specification.Tests.Mailboxes;

/// <summary>IUser.ListMailboxesAsync and IMailbox.GetInfoAsync. RFC 9051 §6.3.9, §7.3.1; RFC 3501 §6.3.8-6.3.9; RFC 3348; RFC 5258 §3.</summary>
public abstract class ListMailboxesSpecification<TFixture>(TFixture fixture) : BackendSpecification<TFixture>(fixture)
    where TFixture : BackendFixture
{
    const MailboxAttributes Children = MailboxAttributes.HasChildren | MailboxAttributes.HasNoChildren;

    [Fact]
    public virtual async Task Inbox_is_always_there()
    {
        var inbox = Assert.Single(await User.ListMailboxesAsync(false, Token));

        Assert.True(inbox.Name.IsInbox);
        Assert.Equal(MailboxAttributes.HasNoChildren, inbox.Attributes);
        Assert.Equal(SpecialUse.None, inbox.SpecialUse);
    }

    [Fact]
    public virtual async Task Names_come_in_the_order_of_their_code_units_behind_inbox()
    {
        string[] names = ["b", "a", "Z", "a/b", "a b", "a-b", "ab", "é", "z", "0", "INBOX/x", "~", "_"];
        foreach (var name in names)
            await User.CreateAsync(name);

        var listed = await User.NamesAsync();

        Assert.Equal(["INBOX", .. names.Order(StringComparer.Ordinal)], listed);
    }

    /// <summary>UTF-16 puts U+1F600 (a surrogate pair) before U+FF5E, UTF-8 behind it.</summary>
    [Fact]
    public virtual async Task A_character_beyond_the_first_plane_sorts_by_its_code_units()
    {
        await User.CreateAsync("\uff5e");
        await User.CreateAsync("\U0001f600");

        Assert.Equal(["INBOX", "\U0001f600", "\uff5e"], await User.NamesAsync());
    }

    [Fact]
    public virtual async Task Each_name_has_children_or_has_none()
    {
        foreach (var name in (string[])["a/b/c", "d", "INBOX/e"])
            await User.CreateAsync(name);

        var infos = await User.ListMailboxesAsync(false, Token);

        Assert.All(infos, info => Assert.True((info.Attributes & Children) is MailboxAttributes.HasChildren or MailboxAttributes.HasNoChildren));
        Assert.Equal(
            ["INBOX", "a", "a/b"],
            infos.Where(static info => info.Attributes.HasFlag(MailboxAttributes.HasChildren)).Select(static info => info.Name.Value));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("a b/c")]
    [InlineData("a-/x")]
    [InlineData("A/x")]
    [InlineData("a%/x")]
    [InlineData("a0/x")]
    public virtual async Task A_name_that_only_starts_alike_is_no_child(string other)
    {
        await User.CreateAsync("a");
        await User.CreateAsync(other);

        Assert.Equal(MailboxAttributes.HasNoChildren, (await User.InfoAsync("a")).Attributes);
    }

    [Theory]
    [InlineData("_")]
    [InlineData("%")]
    [InlineData("a_")]
    public virtual async Task A_sign_with_a_meaning_to_databases_is_a_letter_like_others(string name)
    {
        await User.CreateAsync(name);
        await User.CreateAsync("ax/y");

        Assert.Equal(MailboxAttributes.HasNoChildren, (await User.InfoAsync(name)).Attributes);
    }

    [Fact]
    public virtual async Task A_deleted_name_with_inferiors_is_listed_as_noselect()
    {
        await User.CreateAsync("a/b");
        await User.DeleteAsync("a");

        var info = await User.InfoAsync("a");

        Assert.Equal(MailboxAttributes.NoSelect | MailboxAttributes.HasChildren, info.Attributes);
        Assert.False(info.IsSelectable);
    }

    [Fact]
    public virtual async Task The_last_child_gone_a_mailbox_has_none()
    {
        await User.CreateAsync("a/b");
        await User.DeleteAsync("a/b");

        Assert.Equal(MailboxAttributes.HasNoChildren, (await User.InfoAsync("a")).Attributes);
    }

    [Fact]
    public virtual async Task Subscribed_names_say_so_and_can_be_listed_alone()
    {
        foreach (var name in (string[])["a/b", "c", "d"])
            await User.CreateAsync(name);
        await User.SubscribeAsync("c");
        await User.SubscribeAsync("a/b");

        Assert.Equal(["a/b", "c"], await User.SubscribedNamesAsync());
        Assert.Equal(
            ["a/b", "c"],
            (await User.ListMailboxesAsync(false, Token)).Where(static info => info.Attributes.HasFlag(MailboxAttributes.Subscribed)).Select(static info => info.Name.Value));
        Assert.All(await User.ListMailboxesAsync(true, Token), static info => Assert.True(info.Attributes.HasFlag(MailboxAttributes.Subscribed)));
    }

    [Fact]
    public virtual async Task A_subscribed_inbox_comes_first()
    {
        await User.CreateAsync("A");
        await User.SubscribeAsync("A");
        await User.SubscribeAsync("inbox");

        Assert.Equal(["INBOX", "A"], await User.SubscribedNamesAsync());
    }

    [Fact]
    public virtual async Task A_subscribed_name_that_is_gone_is_nonexistent()
    {
        await User.CreateAsync("a");
        await User.SubscribeAsync("a");
        await User.DeleteAsync("a");

        var info = Assert.Single(await User.ListMailboxesAsync(true, Token));

        Assert.Equal(MailboxAttributes.NonExistent | MailboxAttributes.Subscribed | MailboxAttributes.HasNoChildren, info.Attributes);
        Assert.False(info.IsSelectable);
        Assert.Equal(["INBOX"], await User.NamesAsync());
    }

    [Fact]
    public virtual async Task A_subscribed_name_kept_for_its_inferiors_is_noselect_but_exists()
    {
        await User.CreateAsync("a/b");
        await User.SubscribeAsync("a");
        await User.DeleteAsync("a");

        var info = Assert.Single(await User.ListMailboxesAsync(true, Token));

        Assert.Equal(MailboxAttributes.NoSelect | MailboxAttributes.Subscribed | MailboxAttributes.HasChildren, info.Attributes);
    }

    [Fact]
    public virtual async Task The_special_use_is_told()
    {
        foreach (var use in Enum.GetValues<SpecialUse>())
            await User.CreateAsync($"Box {use}", use);

        Assert.All(
            await User.ListMailboxesAsync(false, Token),
            static info => Assert.Equal(info.Name.IsInbox ? "None" : info.Name.Value[4..], info.SpecialUse.ToString()));
    }

    [Fact]
    public virtual async Task Another_connection_lists_the_change_at_once()
    {
        var other = await LoginAsync();

        await User.CreateAsync("a");
        Assert.Equal(["INBOX", "a"], await other.NamesAsync());
        await other.RenameAsync("a", "b");
        Assert.Equal(["INBOX", "b"], await User.NamesAsync());
        await User.DeleteAsync("b");
        Assert.Equal(["INBOX"], await other.NamesAsync());
    }

    [Fact]
    public virtual async Task A_handle_tells_of_its_mailbox_what_the_list_tells()
    {
        await User.CreateAsync("a/b", SpecialUse.Archive);
        await User.SubscribeAsync("a");
        await User.CreateAsync("INBOX/x");

        foreach (var info in await User.ListMailboxesAsync(false, Token))
            Assert.Equal(info, await (await User.OpenAsync(info.Name.Value)).GetInfoAsync(Token));
    }

    [Fact]
    public virtual async Task Hundreds_of_mailboxes_are_listed_each_once()
    {
        var names = Enumerable.Range(0, 300).Select(static i => $"list/{i / 10}/{i}").ToList();
        foreach (var name in names)
            await User.CreateAsync(name);

        var listed = await User.NamesAsync();

        Assert.Equal(1 + 1 + 30 + 300, listed.Length);
        Assert.Equal(listed.Length, listed.Distinct().Count());
        Assert.Empty(names.Except(listed));
    }
}
