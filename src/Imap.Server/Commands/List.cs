using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Lists names of mailboxes. RFC 3501 §6.3.8; RFC 9051 §6.3.9; RFC 6154 §2; RFC 5258 §3.</summary>
/// <remarks>
/// States: authenticated, selected.<br/>
/// Syntax: <c>list [SP "(" [option *(SP option)] ")"] SP mailbox SP list-mailbox [SP "RETURN" SP "(" [option *(SP option)] ")"]</c><br/>
/// Responses: LIST
/// </remarks>
sealed record List(string Reference, string Pattern, ImmutableArray<ListOption> Selection) : IImapCommand<List>
{
    public static CommandDescriptor Descriptor { get; } = new("LIST", SessionStates.LoggedIn);

    public static List Parse(ref ImapReader reader)
    {
        reader.Space();
        ImmutableArray<ListOption> selection = [];
        if (reader.NextIs('('))
        {
            selection = ReadOptions(ref reader, static option => option.Select is not null);
            reader.Space();
        }

        var reference = MailboxPattern.Read(reader, reader.AString("a reference"));
        reader.Space();
        var pattern = MailboxPattern.Read(reader, reader.ListMailbox());
        if (reader.TryWord(" RETURN "u8))
            ReadOptions(ref reader, static option => option.IsReturnOption);
        reader.End();
        return new List(reference, pattern, selection);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        // RFC 3501 §6.3.8: an empty pattern asks for the delimiter and the root, which here is nothing.
        if (Pattern.Length == 0)
        {
            session.Writer.Octets("* LIST (\\Noselect) \"/\" \"\"\r\n"u8);
            return Completion.Ok();
        }

        var pattern = new MailboxPattern(Reference + Pattern);
        foreach (var info in await session.User.ListMailboxesAsync(subscribed: false, cancellationToken))
        {
            if (!pattern.Matches(info.Name) || !Selection.All(option => option.Select!(info)))
                continue;
            session.Writer.MailboxList("LIST"u8, info);
            await session.Writer.FlushIfFullAsync();
        }

        return Completion.Ok();
    }

    static ImmutableArray<ListOption> ReadOptions(ref ImapReader reader, Func<ListOption, bool> isOne)
    {
        var options = ImmutableArray.CreateBuilder<ListOption>();
        reader.Take('(');
        while (!reader.TryTake(')'))
        {
            if (options.Count > 0)
                reader.Space();
            var expected = reader.Expected("an option of LIST");
            if (!reader.Context.Registry.ListOptions.TryGetValue(Encoding.ASCII.GetString(reader.Atom("an option of LIST")), out var option) || !isOne(option))
                throw expected;
            options.Add(option);
        }

        return options.DrainToImmutable();
    }
}
