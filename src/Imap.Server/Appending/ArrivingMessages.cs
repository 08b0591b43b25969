using System.Runtime.CompilerServices;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Appending;

/// <summary>
/// The messages of one command, one after the other as a store takes them: nothing is asked of the client before it is wanted, and whatever
/// is wrong with the command or too much comes out of the store as the exception that reading ended with. RFC 3502 §6.3.11.
/// </summary>
/// <param name="session">Whose command it is.</param>
/// <param name="context">What the words can be.</param>
/// <param name="first">The head of the first message.</param>
/// <param name="position">Where that ends.</param>
/// <param name="max">How many messages the command may have.</param>
sealed class ArrivingMessages(ImapSession session, ParseContext context, AppendHead first, int position, int max)
{
    // One message may be as large as it may be alone.
    readonly long maxTotal = Math.Max(session.Options.MaxAppendTotalSize, session.Options.MaxAppendSize);
    long octets;

    public ImapSession Session => session;

    public ParseContext Context => context;

    /// <summary>The command, as far as it has come.</summary>
    public CommandText Text { get; } = new(session.Framer, context, position);

    /// <summary>Whether the command ends behind its one message, so that the message is whole only when that has been seen. RFC 8508 §5.</summary>
    public bool IsAlone { get; init; }

    /// <summary>How many octets the message that is being read can still have.</summary>
    long Room { get; set; }

    /// <summary>The refusal of a message without an octet, by which a client also cancels. RFC 3502 §6.3.11.</summary>
    public static CommandRefusedException EmptyMessage() => new(ResponseCode.Cannot, "A message without an octet is none.");

    /// <summary>Gives the messages. Each is to be read to its end before the next is asked for.</summary>
    public async IAsyncEnumerable<NewMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var head = first;
        for (var count = 1; ; count++)
        {
            Room = Math.Min(session.Options.MaxAppendSize, maxTotal - octets);
            await using (var body = new ArrivingStream(this, head.Source.OpenAsync(this, cancellationToken).GetAsyncEnumerator(cancellationToken)))
                yield return new NewMessage(body, head.Options);
            if (Text.IsAtEnd)
                yield break;
            if (count == max)
                throw new CommandRefusedException(ResponseCode.Limit, $"The command has more than {max} messages; none of them is stored.");
            head = Text.Read(static (ref reader) => AppendHead.Read(ref reader));
        }
    }

    /// <summary>Gives a literal of the message, unless it is too large: then it is not asked for.</summary>
    public Stream OpenLiteral(LiteralHeader literal)
    {
        RequireRoom(literal.Length);
        return Text.OpenLiteral();
    }

    /// <summary>Refuses a message that would be too large. RFC 7889 §4; RFC 4469 §4.2.</summary>
    public void RequireRoom(long more)
    {
        if (more > Room)
            throw new CommandRefusedException(ResponseCode.TooBig, octets + more > maxTotal
                ? $"The messages have more than {maxTotal} octets together; none of them is stored."
                : $"The message has more than {session.Options.MaxAppendSize} octets, the most that is taken.");
    }

    /// <summary>The message has been read to its end.</summary>
    public void EndMessage()
    {
        if (IsAlone)
            Text.End();
    }

    /// <summary>Counts octets that have come.</summary>
    public void Count(int more)
    {
        RequireRoom(more);
        Room -= more;
        octets += more;
    }
}
