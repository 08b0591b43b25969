using Imap.Server.Appending;
using Imap.Server.Commands;
using Imap.Server.Registry;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Extensions.Catenate;

/// <summary>
/// A URL that names a message or a part of one, on this server and for this user: <c>/mailbox;UIDVALIDITY=n/;UID=n/;SECTION=s/;PARTIAL=n.n</c>,
/// or the same from <c>;UID=</c> on for the mailbox that is selected. Absolute ones, which name a server and a user, are refused, as RFC 4469
/// §3 has it. RFC 5092 §2, §7; RFC 4469 §3.
/// </summary>
/// <param name="Mailbox">The mailbox's name; null for the one that is selected.</param>
/// <param name="UidValidity">Its UID validity, or null for any.</param>
/// <param name="Uid">The message.</param>
/// <param name="Section">What of it.</param>
/// <param name="Partial">Which stretch of that; null for all.</param>
sealed record MessageUrl(string? Mailbox, uint? UidValidity, Uid Uid, Section Section, SectionPartial? Partial)
{
    /// <summary>Reads a URL; null when it is none that names a message here.</summary>
    public static MessageUrl? Parse(string url, ParseContext context)
    {
        var rest = url;
        string? mailbox = null;
        uint? validity = null;
        if (!rest.StartsWith(";UID=", StringComparison.OrdinalIgnoreCase))
        {
            var end = rest.IndexOf("/;UID=", StringComparison.OrdinalIgnoreCase);
            if (end < 0 || rest.StartsWith("//", StringComparison.Ordinal) || !TryReadMailbox(rest[..end], out mailbox, out validity))
                return null;
            rest = rest[(end + 1)..];
        }

        var section = Section.Whole;
        SectionPartial? partial = null;
        var parts = rest.Split("/;");
        if (!TryNumber(parts[0][";UID=".Length..], out var uid) || parts.Length > 3)
            return null;
        foreach (var part in parts.AsSpan(1))
        {
            if (partial is null && section == Section.Whole && part.StartsWith("SECTION=", StringComparison.OrdinalIgnoreCase))
            {
                if (ReadSection(part["SECTION=".Length..], context) is not { } read)
                    return null;
                section = read;
            }
            else if (partial is null && part.StartsWith("PARTIAL=", StringComparison.OrdinalIgnoreCase) && ReadPartial(part["PARTIAL=".Length..]) is { } stretch)
            {
                partial = stretch;
            }
            else
            {
                return null;
            }
        }

        return new MessageUrl(mailbox, validity, new Uid(uid), section, partial);
    }

    /// <summary>Finds what a URL names.</summary>
    /// <exception cref="CommandRefusedException">There is no such thing: BADURL. RFC 4469 §4.1.</exception>
    public static async ValueTask<Found> FindAsync(ArrivingMessages messages, string url, CancellationToken cancellationToken)
    {
        if (Parse(url, messages.Context) is not { } parsed)
            throw Refusal(url);
        try
        {
            var mailbox = await parsed.OpenMailboxAsync(messages.Session, cancellationToken) ?? throw Refusal(url);
            var item = new SectionItem(parsed.Section, parsed.Partial);
            var listing = mailbox.ListMessagesAsync(UidSet.Of(parsed.Uid), new FetchItems { Sections = [item] }, cancellationToken).GetAsyncEnumerator(cancellationToken);
            return await TakeFirstAsync(messages, url, listing);
        }
        catch (BackendException exception) when (exception.Error is BackendError.NoSuchMailbox or BackendError.NotSelectable or BackendError.Expunged)
        {
            throw Refusal(url);
        }
    }

    /// <summary>The answer where a URL names nothing.</summary>
    public static CommandRefusedException Refusal(string url) => new(new ResponseCode.BadUrl(url), "The URL names no message or part that can be had here; nothing is stored.");

    // What is not handed on is let go: the store keeps a connection for it.
    static async ValueTask<Found> TakeFirstAsync(ArrivingMessages messages, string url, IAsyncEnumerator<Message> listing)
    {
        var isKept = false;
        try
        {
            if (!await listing.MoveNextAsync() || listing.Current.Sections[0].Content is not { } octets)
                throw Refusal(url);
            messages.RequireRoom(octets.Length);
            isKept = true;
            return new Found(url, octets, listing);
        }
        finally
        {
            if (!isKept)
                await listing.DisposeAsync();
        }
    }

    // RFC 5092 §7: what does not begin with a slash goes out from the mailbox that is selected.
    async ValueTask<IMailbox?> OpenMailboxAsync(ImapSession session, CancellationToken cancellationToken)
    {
        IMailbox mailbox;
        if (Mailbox is null)
        {
            if (session.State != SessionStates.Selected)
                return null;
            mailbox = session.Selected.Mailbox;
        }
        else
        {
            if (!MailboxName.TryParse(Mailbox, out var name, out _))
                return null;
            mailbox = await session.User.GetMailboxAsync(name, cancellationToken);
        }

        if (UidValidity is not { } wanted)
            return mailbox;
        var status = await mailbox.GetStatusAsync(StatusItems.UidValidity, cancellationToken);
        return status.UidValidity?.Value == wanted ? mailbox : null;
    }

    static bool TryReadMailbox(string text, out string? mailbox, out uint? validity)
    {
        validity = null;
        mailbox = null;
        var end = text.IndexOf(";UIDVALIDITY=", StringComparison.OrdinalIgnoreCase);
        if (end >= 0)
        {
            if (!TryNumber(text[(end + ";UIDVALIDITY=".Length)..], out var number))
                return false;
            validity = number;
            text = text[..end];
        }

        if (text.StartsWith('/'))
            text = text[1..];
        // A scheme has a colon in front of the first slash; in a name it is encoded. RFC 5092 §11 (enc-mailbox) takes what RFC 3986 §3.3 does.
        if (text.Split('/')[0].Contains(':', StringComparison.Ordinal) || Decode(text) is not { Length: > 0 } name)
            return false;
        mailbox = name;
        return true;
    }

    static Section? ReadSection(string encoded, ParseContext context)
    {
        if (Decode(encoded) is not { Length: > 0 } text)
            return null;
        try
        {
            var reader = new ImapReader(Encoding.UTF8.GetBytes(text + "]"), context);
            var section = SectionGrammar.ReadSection(ref reader);
            reader.Take(']');
            reader.End();
            return section;
        }
        catch (ImapSyntaxException)
        {
            return null;
        }
    }

    static SectionPartial? ReadPartial(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (!long.TryParse(dot < 0 ? text : text[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            return null;
        if (dot < 0)
            return new SectionPartial(offset, long.MaxValue - offset);
        return long.TryParse(text[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? new SectionPartial(offset, count) : null;
    }

    static bool TryNumber(string text, out uint number) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;

    // Null when it is not UTF-8, or a percent sign has no two digits behind it.
    static string? Decode(string encoded)
    {
        for (var at = encoded.IndexOf('%', StringComparison.Ordinal); at >= 0; at = encoded.IndexOf('%', at + 1))
            if (at + 2 >= encoded.Length || !char.IsAsciiHexDigit(encoded[at + 1]) || !char.IsAsciiHexDigit(encoded[at + 2]))
                return null;
        var decoded = Uri.UnescapeDataString(encoded);
        return decoded.Contains('\0', StringComparison.Ordinal) ? null : decoded;
    }

    /// <summary>Octets of the store that a URL names, with what keeps them.</summary>
    public sealed record Found(string Url, Octets Octets, IAsyncEnumerator<Message> Listing) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Listing.DisposeAsync();
    }
}
