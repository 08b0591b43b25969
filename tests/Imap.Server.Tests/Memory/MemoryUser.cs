namespace Imap.Server.Tests.Memory;

public sealed class MemoryUser(MemoryAccount account) : IUser
{
    public string Username => account.Username;

    public Task<IReadOnlyList<MailboxInfo>> ListMailboxesAsync(bool subscribed, CancellationToken cancellationToken) => Do("list", () =>
    {
        IEnumerable<MailboxName> names = subscribed ? account.Subscribed.Order() : account.Mailboxes.Keys;
        return (IReadOnlyList<MailboxInfo>)[.. names.OrderBy(static name => !name.IsInbox).Select(Info)];
    });

    public Task<IMailbox> GetMailboxAsync(MailboxName name, CancellationToken cancellationToken) =>
        Do("get", () => (IMailbox)new MemoryMailbox(account, account.Find(name), Info));

    public Task CreateMailboxAsync(MailboxName name, CreateOptions options, CancellationToken cancellationToken) => Do("create", () =>
    {
        if (account.Mailboxes.TryGetValue(name, out var there) && !there.IsNoSelect)
            throw new BackendException(BackendError.MailboxAlreadyExists, $"There is a mailbox \"{name}\" already.");
        foreach (var each in name.Superiors.Append(name))
            if (each == name || !account.Mailboxes.ContainsKey(each))
                account.Mailboxes[each] = new MemoryMailboxData(each, account.NextValidity()) { SpecialUse = each == name ? options.SpecialUse : default };
        account.Publish(new MailboxUpdate { Username = Username, Mailbox = name });
        return true;
    });

    public Task DeleteMailboxAsync(MailboxName name, CancellationToken cancellationToken) => Do("delete", () =>
    {
        if (name.IsInbox)
            throw new BackendException(BackendError.Cannot, "INBOX cannot be deleted.");
        if (!account.Mailboxes.TryGetValue(name, out var mailbox))
            throw new BackendException(BackendError.NoSuchMailbox, $"There is no mailbox \"{name}\".");
        var hasInferiors = account.Mailboxes.Keys.Any(other => other.IsInferiorTo(name));
        if (hasInferiors && mailbox.IsNoSelect)
            throw new BackendException(BackendError.HasChildren, $"\"{name}\" has inferiors.");
        mailbox.IsDeleted = true;
        account.Mailboxes.Remove(name);
        if (hasInferiors)
            account.Mailboxes[name] = new MemoryMailboxData(name, account.NextValidity()) { IsNoSelect = true };
        account.Publish(new MailboxUpdate { Username = Username, Mailbox = name });
        return true;
    });

    public Task RenameMailboxAsync(MailboxName existingName, MailboxName newName, CancellationToken cancellationToken) => Do("rename", () =>
    {
        if (!account.Mailboxes.ContainsKey(existingName))
            throw new BackendException(BackendError.NoSuchMailbox, $"There is no mailbox \"{existingName}\".");
        if (account.Mailboxes.ContainsKey(newName))
            throw new BackendException(BackendError.MailboxAlreadyExists, $"There is a mailbox \"{newName}\" already.");
        if (newName.IsInferiorTo(existingName) && !existingName.IsInbox)
            throw new BackendException(BackendError.Cannot, "A mailbox cannot be moved below itself.");
        foreach (var superior in newName.Superiors)
            account.Mailboxes.TryAdd(superior, new MemoryMailboxData(superior, account.NextValidity()));
        if (existingName.IsInbox)
            MoveInbox(newName);
        else
            foreach (var name in account.Mailboxes.Keys.Where(other => other == existingName || other.IsInferiorTo(existingName)).ToList())
            {
                account.Mailboxes.Remove(name, out var mailbox);
                mailbox!.Name = name.Rebase(existingName, newName);
                account.Mailboxes[mailbox.Name] = mailbox;
            }

        account.Publish(new MailboxUpdate { Username = Username, Mailbox = newName });
        return true;
    });

    public Task SetSubscribedAsync(MailboxName name, bool subscribed, CancellationToken cancellationToken) => Do("subscribe", () =>
    {
        if (subscribed && !account.Mailboxes.ContainsKey(name))
            throw new BackendException(BackendError.NoSuchMailbox, $"There is no mailbox \"{name}\".");
        return subscribed ? account.Subscribed.Add(name) : account.Subscribed.Remove(name);
    });

    public Task LogoutAsync() => Task.CompletedTask;

    void MoveInbox(MailboxName newName)
    {
        var inbox = account.Mailboxes[MailboxName.Inbox];
        var target = account.Mailboxes[newName] = new MemoryMailboxData(newName, account.NextValidity());
        foreach (var message in inbox.Messages)
            target.Add(message.Octets, message.Flags, message.Date, target.ModSeq);
        inbox.Remove(static _ => true);
    }

    MailboxInfo Info(MailboxName name)
    {
        var mailbox = account.Mailboxes.GetValueOrDefault(name);
        return new MailboxInfo
        {
            Name = name,
            SpecialUse = mailbox?.SpecialUse ?? SpecialUse.None,
            Attributes = (account.Mailboxes.Keys.Any(other => other.IsInferiorTo(name)) ? MailboxAttributes.HasChildren : MailboxAttributes.HasNoChildren)
                | (mailbox is null ? MailboxAttributes.NonExistent : mailbox.IsNoSelect ? MailboxAttributes.NoSelect : MailboxAttributes.None),
        };
    }

    Task<T> Do<T>(string operation, Func<T> work)
    {
        try
        {
            account.Backend.Intercept?.Invoke(operation);
            lock (account.Gate)
                return Task.FromResult(work());
        }
        catch (BackendException exception)
        {
            return Task.FromException<T>(exception);
        }
    }
}
