using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>
/// Appends a message, which is read from the stream as it comes. What can be refused is refused before the client is asked for it.
/// RFC 9051 §6.3.12; RFC 3501 §6.3.11; RFC 4315 §3; RFC 7889 §4. NUL octets are taken and given back as they are (deviation: RFC 3501 §9
/// has none in a literal), for there is mail that has them, and what goes in comes out.
/// </summary>
/// <remarks>
/// States: authenticated, selected.<br/>
/// Syntax: <c>append SP mailbox [SP flag-list] [SP date-time] SP ["~"] literal</c><br/>
/// Responses: none; APPENDUID in the tagged OK
/// </remarks>
sealed record Append(MailboxName Name, AppendOptions Options, long Length) : IImapCommand<Append>
{
    public static CommandDescriptor Descriptor { get; } = new("APPEND", SessionStates.LoggedIn)
    {
        HasDestination = true,
        StreamedLiteral = IsMessage,
    };

    public IReadOnlyCollection<MailboxName> Changes => [Name];

    public static Append Parse(ref ImapReader reader)
    {
        reader.Space();
        var name = reader.Mailbox();
        reader.Space();
        var flags = FlagSet.Empty;
        DateTimeOffset? date = null;
        if (reader.NextIs('('))
        {
            flags = reader.FlagList();
            reader.Space();
        }

        if (reader.NextIs('"'))
        {
            date = reader.DateTimeOffset();
            reader.Space();
        }

        // literal8, whose octets are taken as those of any literal. RFC 9051 §9; RFC 4466 §4.
        reader.TryTake('~');
        var literal = reader.StreamedLiteral();
        return new Append(name, new AppendOptions { Flags = flags, InternalDate = date }, literal.Length);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        if (Length > session.Options.MaxAppendSize)
            return Completion.No(ResponseCode.TooBig, $"The message has {Length} octets; at most {session.Options.MaxAppendSize} are taken.");
        if (Length == 0)
            return Completion.No(ResponseCode.Cannot, "A message without an octet is none.");
        var mailbox = await session.User.GetMailboxAsync(Name, cancellationToken);
        await using var body = session.Framer.OpenBody();
        var data = await mailbox.CreateMessageAsync(body, Options, cancellationToken);
        return Completion.Ok(new ResponseCode.AppendUid(data));
    }

    // The message is the literal that is not the mailbox's name, which stands first.
    static bool IsMessage(ReadOnlySpan<byte> arguments) => arguments.Length > 1;
}
