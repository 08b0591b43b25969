using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>Changes flags. RFC 9051 §6.4.6; RFC 3501 §6.4.6; RFC 2180 §4.2; RFC 4466 §2.5.</summary>
/// <remarks>
/// States: selected.<br/>
/// Syntax: <c>["uid" SP] store SP sequence-set [SP "(" store-modifier *(SP store-modifier) ")"] SP ["+" / "-"] "FLAGS" [".SILENT"] SP (flag-list / (flag *(SP flag)))</c><br/>
/// Responses: FETCH, unless .SILENT; MODIFIED in the tagged response
/// </remarks>
sealed record Store(NumberSet Messages, ImmutableArray<StoreModifier> Modifiers, FlagsOperation Operation, bool Silent, FlagSet Flags) : IImapCommand<Store>
{
    public static CommandDescriptor Descriptor { get; } = new("STORE", SessionStates.Selected)
    {
        UidForm = UidForm.Both,
        Updates = UpdatePolicy.HoldExpunges,
        Writes = true,
    };

    public static Store Parse(ref ImapReader reader)
    {
        reader.Space();
        var messages = reader.NumberSet();
        reader.Space();
        ImmutableArray<StoreModifier> modifiers = [];
        if (reader.NextIs('('))
        {
            modifiers = reader.Parameters(reader.Context.Registry.StoreModifiers, "a modifier of STORE");
            reader.Space();
        }

        var operation = reader.TryTake('+') ? FlagsOperation.Add : reader.TryTake('-') ? FlagsOperation.Remove : FlagsOperation.Replace;
        if (!reader.TryWord("FLAGS"u8))
            throw reader.Expected("FLAGS");
        var silent = reader.TryWord(".SILENT"u8);
        reader.Space();
        var flags = reader.FlagListOrFlags();
        reader.End();
        return new Store(messages, modifiers, operation, silent, flags);
    }

    public async ValueTask<Completion> ExecuteAsync(ImapSession session, CancellationToken cancellationToken)
    {
        var request = new StoreRequest(session);
        foreach (var modifier in Modifiers)
            await modifier.ApplyAsync(request, cancellationToken);
        var selected = session.Selected;
        var uids = selected.View.ToUids(Messages);
        if (uids.IsEmpty)
            return Completion.Ok();
        var data = await request.Update(uids, Operation, Flags, cancellationToken);
        selected.Stored(data.Stored, inFull: !Silent);
        if (Silent && !request.IsConditional && !session.TellsModSeqs)
            return Completion.Ok();
        var wanted = selected.View.CountIn(uids);
        var found = await new StoreAnswer(session, session.Updates(mayExpunge: false, withUid: session.IsUidCommand), Silent).WriteAsync(uids, data, request.IsConditional, cancellationToken);
        // RFC 2180 §4.2.2-4.2.3: who named messages by number has to learn that some are no longer there. RFC 7162 §3.1.3 (example 11).
        var isShort = found < wanted && Messages is SequenceSet && !(Silent && !request.IsConditional);
        ResponseCode? modified = data.Modified.IsEmpty ? null : new ResponseCode.Modified(session.IsUidCommand ? data.Modified : selected.View.ToNumbers(data.Modified));
        return isShort ? Completion.No(modified ?? ResponseCode.ExpungeIssued, "Some of the messages are no longer there")
            : modified is null ? Completion.Ok()
            : Completion.Ok(modified, "Some of the messages have changed");
    }
}
