namespace Backend.Specification.Tests.Models;

/// <summary>
/// What a user's names must be like after each step, by the words of IUser. Each operation tells what speaks against it: with nothing,
/// it is done; with several, a store may name any of them.
/// </summary>
sealed class ModelUser
{
    public SortedDictionary<string, ModelMailbox> Mailboxes { get; } = new(StringComparer.Ordinal) { ["INBOX"] = new ModelMailbox() };

    public SortedSet<string> Subscriptions { get; } = new(StringComparer.Ordinal);

    public BackendError[] FaultsOfCreate(string name) => Mailboxes.TryGetValue(name, out var mailbox) && mailbox.IsSelectable ? [BackendError.MailboxAlreadyExists] : [];

    public BackendError[] FaultsOfDelete(string name) => name == "INBOX" ? [BackendError.Cannot]
        : !Mailboxes.TryGetValue(name, out var mailbox) ? [BackendError.NoSuchMailbox]
        : !mailbox.IsSelectable && HasInferiors(name) ? [BackendError.HasChildren]
        : [];

    public BackendError[] FaultsOfRename(string name, string newName)
    {
        var faults = new List<BackendError>();
        if (!Mailboxes.ContainsKey(name))
            faults.Add(BackendError.NoSuchMailbox);
        if (Mailboxes.ContainsKey(newName))
            faults.Add(BackendError.MailboxAlreadyExists);
        if (IsInferior(newName, name))
            faults.Add(BackendError.Cannot);
        return [.. faults];
    }

    public BackendError[] FaultsOfSubscribe(string name) => Mailboxes.ContainsKey(name) ? [] : [BackendError.NoSuchMailbox];

    public BackendError[] FaultsOfUse(string name) => !Mailboxes.TryGetValue(name, out var mailbox) ? [BackendError.NoSuchMailbox]
        : mailbox.IsSelectable ? []
        : [BackendError.NotSelectable];

    public void Create(string name)
    {
        foreach (var superior in MailboxName.Parse(name).Superiors)
            Mailboxes.TryAdd(superior.Value, new ModelMailbox());
        Mailboxes[name] = new ModelMailbox();
    }

    public void Delete(string name)
    {
        if (HasInferiors(name))
            Mailboxes[name] = new ModelMailbox(selectable: false);
        else
            Mailboxes.Remove(name);
    }

    public void Rename(string name, string newName)
    {
        foreach (var superior in MailboxName.Parse(newName).Superiors)
            Mailboxes.TryAdd(superior.Value, new ModelMailbox());
        if (name == "INBOX")
        {
            Mailboxes[newName] = new ModelMailbox();
            Mailboxes[newName].Messages.AddRange(Mailboxes[name].Messages);
            Mailboxes[name].Messages.Clear();
            return;
        }

        foreach (var old in Mailboxes.Keys.Where(key => key == name || IsInferior(key, name)).ToList())
        {
            Mailboxes[newName + old[name.Length..]] = Mailboxes[old];
            Mailboxes.Remove(old);
        }
    }

    public bool HasInferiors(string name) => Mailboxes.Keys.Any(key => IsInferior(key, name));

    static bool IsInferior(string name, string superior) => name.StartsWith(superior + "/", StringComparison.Ordinal);
}
