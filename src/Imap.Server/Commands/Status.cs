using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Tells the state of a mailbox without selecting it. RFC 9051 §6.3.11; RFC 3501 §6.3.10.</summary>
/// <remarks>
/// States: authenticated, selected.<br/>
/// Syntax: <c>status SP mailbox SP "(" status-att *(SP status-att) ")"</c><br/>
/// Responses: STATUS
/// </remarks>
sealed record Status(MailboxName Name, ImmutableArray<StatusItem> Items) : IImapCommand<Status>
{
    public static CommandDescriptor Descriptor { get; } = new("STATUS", SessionStates.LoggedIn);

    public static Status Parse(ref ImapReader reader)
    {
        reader.Space();
        var name = reader.Mailbox();
        reader.Space();
        reader.Take('(');
        var items = ImmutableArray.CreateBuilder<StatusItem>();
        do
            items.Add(ReadItem(ref reader));
        while (reader.TryTake(' '));
        reader.Take(')');
        reader.End();
        return new Status(name, items.DrainToImmutable());
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        // The handle that is selected knows what is recent to this session.
        var mailbox = await session.IsSelectedAsync(Name, cancellationToken)
            ? session.Selected.Mailbox
            : await session.User.GetMailboxAsync(Name, cancellationToken);
        foreach (var item in Items)
            if (item.Asked is { } act)
                await act(session, cancellationToken);
        var asked = Items.Aggregate(StatusItems.None, static (items, item) => items | item.Item);
        var status = await mailbox.GetStatusAsync(asked, cancellationToken);
        var writer = session.Writer.Octets("* STATUS "u8).Mailbox(Name).Octets(" ("u8);
        var separator = "";
        foreach (var item in Items.Distinct())
            if (item.Value(status) is { } value)
            {
                writer.Atom(separator).Atom(item.Name).Space().Number(value);
                separator = " ";
            }

        writer.Octets(")\r\n"u8);
        return Completion.Ok();
    }

    static StatusItem ReadItem(ref ImapReader reader)
    {
        var expected = reader.Expected("an item of STATUS");
        return reader.Context.Registry.StatusItems.TryGetValue(Encoding.ASCII.GetString(reader.Atom("an item of STATUS")), out var item)
            ? item
            : throw expected;
    }
}
