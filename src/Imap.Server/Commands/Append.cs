using Imap.Server.Appending;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>
/// Appends messages, all or none, which are read from the stream as they come. What can be refused is refused before the client is asked
/// for it. RFC 9051 §6.3.12; RFC 3501 §6.3.11; RFC 3502 §6.3.11; RFC 4315 §3; RFC 7889 §4. NUL octets are taken and given back as they are,
/// in a literal too (deviation: RFC 3501 §9 has them in a literal8 only), for there is mail that has them, and what goes in comes out.
/// </summary>
/// <remarks>
/// States: authenticated, selected.<br/>
/// Syntax: <c>append SP mailbox 1*append-message</c>, where <c>append-message = [SP flag-list] [SP date-time] SP append-data</c><br/>
/// Responses: LIST in IMAP4rev2, where the name was altered; APPENDUID in the tagged OK
/// </remarks>
sealed record Append(SuppliedName Name, ParseContext Context, AppendHead First, int Position) : IImapCommand<Append>
{
    public static CommandDescriptor Descriptor { get; } = new("APPEND", SessionStates.LoggedIn)
    {
        HasDestination = true,
        StreamedLiteral = IsMessage,
    };

    public IReadOnlyCollection<MailboxName> Changes => [Name.Name];

    public static Append Parse(ref ImapReader reader)
    {
        reader.Space();
        var name = reader.SuppliedMailbox();
        var first = AppendHead.Read(ref reader);
        return new Append(name, reader.Context, first, reader.Position);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        var mailbox = (IMultiAppendMailbox)await session.User.GetMailboxAsync(Name.Name, cancellationToken);
        var messages = new ArrivingMessages(session, Context, First, Position, session.Options.MaxAppendMessages);
        var data = await mailbox.CreateMessagesAsync(messages.ReadAsync(cancellationToken), cancellationToken);
        if (Name.IsAltered)
            await AlteredNames.TellAsync(session, Name.Name, Name, cancellationToken);
        return Completion.Ok(new ResponseCode.AppendUid(data));
    }

    // The first literal may be the mailbox's name.
    static bool IsMessage(ReadOnlySpan<byte> arguments) => arguments.Length > 1 && (arguments.Length == " URL ".Length || !CommandText.IsUrl(arguments));
}
