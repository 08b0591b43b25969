using Imap.Server.Commands;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions;

/// <summary>LIST-STATUS: LIST tells the state of each mailbox too. RFC 5819; RFC 9051 §6.3.9.2 (STATUS).</summary>
sealed class ListStatusExtension : IImapExtension
{
    public void Register(ImapRegistry registry)
    {
        registry.Requires<IListStatusUser>("LIST-STATUS");
        registry.Capability("LIST-STATUS", SessionStates.LoggedIn);
        registry.ListReturn("STATUS", static (ref reader) =>
        {
            reader.Space();
            return new Statuses(reader.StatusItems());
        });
    }

    sealed class Statuses(ImmutableArray<StatusItem> items) : ListReturn
    {
        IReadOnlyDictionary<MailboxName, MailboxStatus> statuses = ImmutableDictionary<MailboxName, MailboxStatus>.Empty;

        /// <summary>
        /// One look for all of them. One that cannot be selected any more is told as such, and without a state. RFC 5819 §2. What is listed only for
        /// what is below it gets none either (§3, the second example).
        /// </summary>
        public override async ValueTask<IReadOnlyList<ListedName>> PrepareAsync(ImapSession session, IReadOnlyList<ListedName> names, CancellationToken cancellationToken)
        {
            await items.AskAsync(session, cancellationToken);
            MailboxName[] asked = [.. names.Where(IsAsked).Select(static name => name.Info.Name)];
            var found = new Dictionary<MailboxName, MailboxStatus>(await ((IListStatusUser)session.User).GetStatusesAsync(asked, items.Asked(), cancellationToken));
            await TellOfSelectedAsync(session, found, cancellationToken);
            statuses = found;
            return [.. names.Select(name => IsAsked(name) && !found.ContainsKey(name.Info.Name)
                ? name with { Info = name.Info with { Attributes = name.Info.Attributes | MailboxAttributes.NoSelect } }
                : name)];
        }

        public override void Write(ImapWriter writer, ListedName name)
        {
            if (name.IsSelected && statuses.TryGetValue(name.Info.Name, out var status))
                writer.MailboxStatus(name.Info.Name, items, status);
        }

        static bool IsAsked(ListedName name) => name is { IsSelected: true, Info.IsSelectable: true };

        // The handle that is selected knows what is recent to this session.
        async ValueTask TellOfSelectedAsync(ImapSession session, Dictionary<MailboxName, MailboxStatus> found, CancellationToken cancellationToken)
        {
            if (session.State != SessionStates.Selected || (items.Asked() & StatusItems.Recent) == 0)
                return;
            try
            {
                var status = await session.Selected.Mailbox.GetStatusAsync(items.Asked(), cancellationToken);
                if (found.ContainsKey(status.Name))
                    found[status.Name] = status;
            }
            catch (BackendException exception) when (exception.Error is BackendError.NoSuchMailbox or BackendError.NoPermission)
            {
                // It has been deleted or may not be read any longer, and whoever has its name now is nothing to this session.
            }
        }
    }
}
