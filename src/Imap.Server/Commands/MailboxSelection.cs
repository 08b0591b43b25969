using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>What SELECT and EXAMINE do. RFC 9051 §6.3.2-6.3.3; RFC 3501 §6.3.1-6.3.2; RFC 7162 §3.1.2.1.</summary>
static class MailboxSelection
{
    /// <summary>Reads the parameters behind the mailbox's name, if there are any. RFC 4466 §2.1.</summary>
    public static ImmutableArray<SelectParameter> ReadParameters(ref ImapReader reader) =>
        reader.TryTake(' ') ? reader.Parameters(reader.Context.Registry.SelectParameters, "a parameter of SELECT") : [];

    public static async ValueTask<Completion> OpenAsync(ImapSession session, SuppliedName name, SelectOptions options, ImmutableArray<SelectParameter> parameters, CancellationToken cancellationToken)
    {
        foreach (var parameter in parameters)
            await parameter.PrepareAsync(session, cancellationToken);
        var mailbox = await session.User.GetMailboxAsync(name.Name, cancellationToken);
        var data = await mailbox.SelectAsync(options, cancellationToken);
        // RFC 9051 §6.3.2.
        var info = session.Enabled.IsRev2 ? await mailbox.GetInfoAsync(cancellationToken) : null;
        var isReadOnly = options.Examine || data.IsReadOnly;
        var selected = new SelectedMailbox(mailbox, data, isReadOnly);
        session.Select(selected, data.Shared);

        var updates = session.Updates(mayExpunge: false, withUid: false);
        updates.Flags(data.Flags);
        // RFC 9051 §5.2: from the list, so that it is what the sequence numbers go up to.
        updates.Exists(selected.View.Count);
        updates.Recent(selected.View.RecentCount);
        if (info is not null)
            session.Writer.MailboxList(info, name.IsAltered ? name.Text : null);
        else if (data.FirstUnseen is { } unseen && selected.View.TryGetNumber(unseen, out var number))
            Tell(session, new ResponseCode.Number("UNSEEN", number), "First unread message");
        Tell(session, new ResponseCode.PermanentFlags(options.Examine ? FlagSet.Empty : data.PermanentFlags), isReadOnly ? "No flags can be changed" : "Flags that can be changed");
        Tell(session, new ResponseCode.Number("UIDNEXT", data.UidNext.Value), "Next UID");
        Tell(session, new ResponseCode.Number("UIDVALIDITY", data.UidValidity.Value), "UIDs are valid");
        Tell(session, new ResponseCode.HighestModSeq(data.HighestModSeq), "Highest modification sequence");
        foreach (var code in session.Registry.SelectCodes)
            if (code.Code(mailbox, data) is { } told)
                Tell(session, told, code.Text);
        foreach (var parameter in parameters)
            await parameter.OpenedAsync(session, data, cancellationToken);
        // RFC 4314 §5.2.
        return Completion.Ok(isReadOnly ? ResponseCode.ReadOnly : ResponseCode.ReadWrite);
    }

    static void Tell(ImapSession session, ResponseCode code, string text) => session.Writer.UntaggedStatus("OK"u8, code, text);
}
