using Imap.Server.Extensions.Condstore;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Commands;

/// <summary>
/// Answers a SEARCH or SORT: with ESEARCH where the client says by RETURN what it wants or speaks IMAP4rev2, or else with the response of old.
/// RFC 9051 §6.4.4, §7.3.4; RFC 4731 §3; RFC 5267 §3; RFC 7162 §3.1.5-3.1.6.
/// </summary>
/// <param name="session">Whose command it is.</param>
/// <param name="request">The command.</param>
/// <param name="mailbox">Where it searched.</param>
/// <param name="known">The highest modification sequence that was there before it searched.</param>
sealed class SearchAnswer(ImapSession session, SearchRequest request, IMailbox mailbox, ModSeq known)
{
    /// <summary>Begins with a command: refuses what cannot be answered.</summary>
    /// <exception cref="ImapSyntaxException">BAD.</exception>
    public static void Begin(ImapSession session, SearchRequest request)
    {
        foreach (var option in request.Return?.Options ?? [])
            option.Check(session, request);
        foreach (var option in request.Return?.Options ?? [])
            option.Begin(session, request);
    }

    /// <summary>
    /// Begins with a command in the selected mailbox, before it is searched: refuses what cannot be answered, and takes note of where the mailbox stands.
    /// </summary>
    /// <exception cref="ImapSyntaxException">BAD.</exception>
    public static async ValueTask<SearchAnswer> BeginAsync(ImapSession session, SearchRequest request, CancellationToken cancellationToken)
    {
        Begin(session, request);
        var known = await FindKnownAsync(session, request, cancellationToken);
        return new SearchAnswer(session, request, session.Selected.Mailbox, known);
    }

    /// <summary>Where the selected mailbox stands before it is searched.</summary>
    public static async ValueTask<ModSeq> FindKnownAsync(ImapSession session, SearchRequest request, CancellationToken cancellationToken)
    {
        if (request.AsksModSeq)
        {
            // RFC 7162 §3.1: to ask by MODSEQ enables it.
            await session.EnableAsync(CondstoreExtension.Name, cancellationToken);
            await session.Selected.PollAsync(cancellationToken);
        }

        return session.Selected.Synchronized;
    }

    /// <summary>The mailbox as the response names it; null where it names none, for it is the one that is selected. RFC 7377 §2.1.</summary>
    public (MailboxName Name, UidValidity UidValidity)? Place { get; init; }

    /// <summary>Tells what was found.</summary>
    /// <param name="results">In the order in which it is told.</param>
    /// <param name="word">The response where there is no RETURN: SEARCH or SORT.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask WriteAsync(SearchResults results, string word, CancellationToken cancellationToken)
    {
        var options = request.Return?.Options ?? [];
        foreach (var option in options)
            option.Complete(session, request, results);
        // RFC 7377 §2.1: no word of another mailbox in which nothing was found.
        if (request.Return is { IsAnswered: false } || (Place is not null && results.Count == 0))
            return;
        var modSeq = request.AsksModSeq ? await HighestModSeqAsync(results.UidsIn(request.StretchesTold(results.Count)), cancellationToken) : null;
        if (request.Return is null)
            await WritePlainAsync(results, word, modSeq);
        else
            await WriteExtendedAsync(results, modSeq);
    }

    async ValueTask WritePlainAsync(SearchResults results, string word, ModSeq? modSeq)
    {
        var writer = session.Writer.Octets("* "u8).Atom(word);
        for (var i = 0; i < results.Count; i++)
        {
            writer.Space().Number(results[i]);
            await writer.FlushIfFullAsync();
        }

        if (modSeq is { } highest)
            writer.Octets(" (MODSEQ "u8).Number(highest.Value).Octet(')');
        writer.Crlf();
    }

    async ValueTask WriteExtendedAsync(SearchResults results, ModSeq? modSeq)
    {
        var writer = session.Writer;
        Begin(writer, session.Tag.Span, request.ByUid, Place);
        foreach (var option in request.Return!.Options)
            await option.WriteAsync(writer, results);
        if (modSeq is { } highest)
            writer.Octets(" MODSEQ "u8).Number(highest.Value);
        writer.Crlf();
    }

    /// <summary>The beginning of an ESEARCH response: which command it is about, in which mailbox if it says so, and whether its numbers are UIDs. RFC 9051 §7.3.4.</summary>
    public static void Begin(ImapWriter writer, ReadOnlySpan<byte> tag, bool byUid, (MailboxName Name, UidValidity UidValidity)? mailbox)
    {
        writer.Octets("* ESEARCH (TAG "u8).String(tag);
        // RFC 7377 §2.1.
        if (mailbox is var (name, validity))
            writer.Octets(" MAILBOX "u8).Mailbox(name).Octets(" UIDVALIDITY "u8).Number(validity.Value);
        writer.Octet(')');
        if (byUid)
            writer.Octets(" UID"u8);
    }

    // RFC 7162 §3.1.5: of what is told, and only where the client asks by MODSEQ. A change that came while the mailbox was searched is
    // left out: a client that goes on from there must not miss what else came with it.
    async ValueTask<ModSeq?> HighestModSeqAsync(UidSet told, CancellationToken cancellationToken)
    {
        if (told.IsEmpty)
            return null;
        var highest = ModSeq.Zero;
        await foreach (var message in mailbox.ListMessagesAsync(told, new FetchItems { Attributes = FetchAttributes.ModSeq }, cancellationToken))
            if (message.ModSeq is { } modSeq && modSeq > highest)
                highest = modSeq;
        highest = highest > known ? known : highest;
        if (session.State == SessionStates.Selected && session.Selected.Mailbox == mailbox)
            session.Selected.Tell(highest);
        return highest;
    }
}
