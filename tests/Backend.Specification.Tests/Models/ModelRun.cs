using Backend.Specification.Tests.Changes;
using Backend.Specification.Tests.Mailboxes;

namespace Backend.Specification.Tests.Models;

/// <summary>
/// Does each step on a store and on the model and compares all of both, also through handles that have been open from the beginning and know
/// what happened from polls alone.
/// </summary>
sealed class ModelRun(IUser user)
{
    readonly ModelUser model = new();
    readonly IdentityWatch watch = new();
    readonly Dictionary<ModelMailbox, Replica> replicas = [];
    readonly List<Step> steps = [];
    int messages;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task RunAsync(Step step)
    {
        steps.Add(step);
        await (step.Kind switch
        {
            StepKind.Create => ChangeNamesAsync(model.FaultsOfCreate(step.Name), () => user.CreateMailboxAsync(Parse(step.Name), CreateOptions.Default, Token), () => model.Create(step.Name)),
            StepKind.Delete => ChangeNamesAsync(model.FaultsOfDelete(step.Name), () => user.DeleteAsync(step.Name), () => model.Delete(step.Name)),
            StepKind.Rename => RenameAsync(step),
            StepKind.Subscribe => ChangeNamesAsync(model.FaultsOfSubscribe(step.Name), () => user.SubscribeAsync(step.Name), () => model.Subscriptions.Add(step.Name)),
            StepKind.Unsubscribe => ChangeNamesAsync([], () => user.UnsubscribeAsync(step.Name), () => model.Subscriptions.Remove(step.Name)),
            StepKind.Append => UseAsync(step, AppendAsync),
            StepKind.Store => UseAsync(step, StoreAsync),
            StepKind.Copy => UseBothAsync(step, CopyAsync),
            StepKind.Move => UseBothAsync(step, MoveAsync),
            _ => UseAsync(step, ExpungeAsync),
        });
        await CompareNamesAsync();
        foreach (var (name, mailbox) in model.Mailboxes)
            if (mailbox.IsSelectable)
                await CompareAsync(name, mailbox);
    }

    static MailboxName Parse(string name) => MailboxName.Parse(name);

    static async Task ChangeNamesAsync(BackendError[] faults, Func<Task> act, Action change)
    {
        if (await IsDoneAsync(faults, act))
            change();
    }

    static async Task<bool> IsDoneAsync(BackendError[] faults, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (BackendException refusal)
        {
            Assert.Contains(refusal.Error, faults);
            return false;
        }

        Assert.Empty(faults);
        return true;
    }

    /// <summary>The messages of INBOX may get new UIDs in the mailbox they move to, in the old order.</summary>
    async Task RenameAsync(Step step)
    {
        if (!await IsDoneAsync(model.FaultsOfRename(step.Name, step.Other), () => user.RenameAsync(step.Name, step.Other)))
            return;
        model.Rename(step.Name, step.Other);
        if (step.Name != "INBOX")
            return;
        var moved = model.Mailboxes[step.Other].Messages;
        var uids = await (await user.OpenAsync(step.Other)).UidsAsync();
        Assert.Equal(moved.Count, uids.Length);
        for (var i = 0; i < uids.Length; i++)
            moved[i] = moved[i] with { Uid = uids[i] };
    }

    async Task UseAsync(Step step, Func<Step, IMailbox, ModelMailbox, Task> act)
    {
        IMailbox? mailbox = null;
        if (await IsDoneAsync(model.FaultsOfUse(step.Name), async () => mailbox = await user.OpenAsync(step.Name)))
            await act(step, mailbox!, model.Mailboxes[step.Name]);
    }

    Task UseBothAsync(Step step, Func<Step, IMailbox, ModelMailbox, Task> act) => UseAsync(step, async (_, mailbox, source) =>
    {
        if (await IsDoneAsync(model.FaultsOfUse(step.Other), () => mailbox.CopyAsync(UidSet.Empty, step.Other)))
            await act(step, mailbox, source);
    });

    async Task AppendAsync(Step step, IMailbox mailbox, ModelMailbox expected)
    {
        var subject = $"Message {++messages}";
        var uid = await mailbox.AppendAsync(subject, [.. step.FlagSet]);
        Assert.All(expected.Messages, message => Assert.True(message.Uid < uid));
        expected.Messages.Add(new ModelMessage(uid, subject, step.FlagSet));
    }

    static async Task StoreAsync(Step step, IMailbox mailbox, ModelMailbox expected)
    {
        var stored = await mailbox.StoreAsync(expected.PickSet(step), step.Operation, [.. step.FlagSet]);
        var changed = new List<Uid>();
        foreach (var message in expected.Pick(step))
        {
            var flags = step.Operation switch
            {
                FlagsOperation.Add => message.Flags.Union(step.FlagSet),
                FlagsOperation.Remove => message.Flags.Except(step.FlagSet),
                _ => step.FlagSet,
            };
            if (flags.Equals(message.Flags))
                continue;
            expected.Messages[expected.Messages.IndexOf(message)] = message with { Flags = flags };
            changed.Add(message.Uid);
        }

        Assert.Equal(changed, stored.Changed.Select(static message => message.Uid));
        Assert.Equal(changed.Count == 0, stored.ModSeq is null);
    }

    async Task CopyAsync(Step step, IMailbox mailbox, ModelMailbox source) =>
        Arrive(await mailbox.CopyAsync(source.PickSet(step), step.Other), source.Pick(step), model.Mailboxes[step.Other]);

    async Task MoveAsync(Step step, IMailbox mailbox, ModelMailbox source)
    {
        var picked = source.Pick(step);
        var moved = await mailbox.MoveAsync(source.PickSet(step), step.Other);
        Assert.Equal(picked.Select(static message => message.Uid), moved.Expunged.Expunged.Enumerate());
        Arrive(moved.Copied, picked, model.Mailboxes[step.Other]);
        source.Messages.RemoveAll(picked.Contains);
    }

    static void Arrive(CopyData copied, List<ModelMessage> picked, ModelMailbox destination)
    {
        var uids = copied.Destination.Enumerate().ToList();
        Assert.Equal(picked.Select(static message => message.Uid), copied.Source.Enumerate());
        Assert.Equal(picked.Count, uids.Count);
        Assert.All(uids, uid => Assert.True(destination.Messages.Count == 0 || uid > destination.Messages[^1].Uid));
        destination.Messages.AddRange(picked.Select((message, i) => message with { Uid = uids[i] }));
    }

    static async Task ExpungeAsync(Step step, IMailbox mailbox, ModelMailbox expected)
    {
        var set = step.Messages % 2 == 0 ? null : UidSet.From(expected.Pick(step).Select(static message => message.Uid));
        var gone = expected.Messages.Where((message, i) => message.Flags.Contains(Flag.Deleted) && (set is null || step.Picks(i))).ToList();
        var expunged = await mailbox.ExpungeAsync(set);
        Assert.Equal(gone.Select(static message => message.Uid), expunged.Expunged.Enumerate());
        Assert.Equal(gone.Count == 0, expunged.ModSeq is null);
        expected.Messages.RemoveAll(gone.Contains);
    }

    async Task CompareNamesAsync()
    {
        var infos = (await user.ListMailboxesAsync(false, Token)).ToDictionary(static info => info.Name.Value);

        // Whether a name without messages and inferiors stays is left open.
        foreach (var (name, mailbox) in model.Mailboxes.ToList())
            if (!mailbox.IsSelectable && !model.HasInferiors(name) && !infos.ContainsKey(name))
                model.Mailboxes.Remove(name);
        Assert.Equal(model.Mailboxes.Keys, infos.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, mailbox) in model.Mailboxes)
        {
            Assert.Equal(mailbox.IsSelectable, infos[name].IsSelectable);
            Assert.Equal(model.HasInferiors(name), infos[name].Attributes.HasFlag(MailboxAttributes.HasChildren));
        }

        Assert.Equal(model.Subscriptions, (await user.SubscribedNamesAsync()).Order(StringComparer.Ordinal));
    }

    async Task CompareAsync(string name, ModelMailbox expected)
    {
        var mailbox = await user.OpenAsync(name);
        var listed = await mailbox.ListAsync(UidSet.All, FetchAttributes.Flags | FetchAttributes.Envelope);
        Assert.Equal(expected.Messages, listed.Select(static message => new ModelMessage(message.Uid, message.Message.Envelope!.Fields.Subject!, message.Flags!.WithoutRecent())));
        var status = await mailbox.StatusAsync();
        watch.Watch(status, expected.Messages.Select(static message => (message.Uid, message.Subject)), string.Join("; ", steps));
        Assert.Equal(
            (expected.Messages.Count, expected.Messages.Count(static message => !message.Flags.Contains(Flag.Seen)), expected.Messages.Count(static message => message.Flags.Contains(Flag.Deleted))),
            (status.Messages, status.Unseen, status.Deleted));

        if (!replicas.TryGetValue(expected, out var replica))
        {
            replicas[expected] = replica = new Replica(mailbox);
            await replica.SelectAsync();
        }

        await replica.PollAsync();
        Assert.Equal(expected.Messages.Select(static message => (message.Uid, message.Flags)), replica.Messages.Select(static message => (message.Key, message.Value)));
    }
}
