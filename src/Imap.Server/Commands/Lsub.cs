using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Lists the names that are subscribed to. RFC 3501 §6.3.9; RFC 9051 Appendix E.</summary>
/// <remarks>
/// States: authenticated, selected.<br/>
/// Syntax: <c>lsub SP mailbox SP list-mailbox</c><br/>
/// Responses: LSUB
/// </remarks>
sealed record Lsub(string Reference, string Pattern) : IImapCommand<Lsub>
{
    public static CommandDescriptor Descriptor { get; } = new("LSUB", SessionStates.LoggedIn) { IsRev1Only = true };

    public static Lsub Parse(ref ImapReader reader)
    {
        reader.Space();
        var reference = MailboxPattern.Read(reader, reader.AString("a reference"));
        reader.Space();
        var pattern = MailboxPattern.Read(reader, reader.ListMailbox());
        reader.End();
        return new Lsub(reference, pattern);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        if (Pattern.Length == 0)
        {
            session.Writer.Octets("* LSUB (\\Noselect) \"/\" \"\"\r\n"u8);
            return Completion.Ok();
        }

        var pattern = new MailboxPattern(Reference + Pattern);
        var subscribed = await session.User.ListMailboxesAsync(subscribed: true, cancellationToken);
        var told = subscribed.Select(static info => info.Name).ToHashSet();
        foreach (var info in subscribed)
        {
            if (pattern.Matches(info.Name))
                Write(session, info);
            else if (pattern.HasLevelWildcard)
                // RFC 3501 §6.3.9: where % stops above a name that is subscribed to, its superior is told, and MUST be \Noselect.
                foreach (var superior in info.Name.Superiors.Where(name => pattern.Matches(name) && told.Add(name)))
                    Write(session, new MailboxInfo { Name = superior, Attributes = MailboxAttributes.NoSelect | MailboxAttributes.HasChildren });
            await session.Writer.FlushIfFullAsync();
        }

        return Completion.Ok();
    }

    // RFC 3501 has no word for a name that is subscribed to and not there, but that it cannot be selected.
    static void Write(ImapSession session, MailboxInfo info) =>
        session.Writer.MailboxList("LSUB"u8, info.IsSelectable ? info : info with
        {
            Attributes = (info.Attributes & ~MailboxAttributes.NonExistent) | MailboxAttributes.NoSelect,
        });
}
