namespace MailStore.Import;

/// <summary>
/// The messages that a mailbox had before the import, each of which stands for one message of the sources: so a second import of the same
/// file adds nothing, and two equal messages in a file are two messages in the mailbox. Size and Message-ID say which could be equal; the
/// octets decide.
/// </summary>
sealed class ExistingMessages
{
    readonly Dictionary<(long Size, string MessageId), List<Uid>> unmatched = [];
    readonly IMailbox mailbox;

    ExistingMessages(IMailbox mailbox) => this.mailbox = mailbox;

    /// <summary>Reads what the mailbox has.</summary>
    public static async Task<ExistingMessages> LoadAsync(IMailbox mailbox, CancellationToken cancellationToken)
    {
        var existing = new ExistingMessages(mailbox);
        var items = new FetchItems { Attributes = FetchAttributes.Size | FetchAttributes.Envelope };
        await foreach (var message in mailbox.ListMessagesAsync(UidSet.All, items, cancellationToken))
        {
            var key = KeyOf(message.Size!.Value, message.Envelope!.Fields.MessageId);
            if (existing.unmatched.TryGetValue(key, out var uids))
                uids.Add(message.Uid);
            else
                existing.unmatched.Add(key, [message.Uid]);
        }

        return existing;
    }

    /// <summary>Takes the first message that has these octets and was not taken before.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> TakeAsync(MessageSpool content, CancellationToken cancellationToken)
    {
        if (unmatched.Count == 0)
            return false;
        var header = await content.ReadHeaderAsync(cancellationToken);
        if (!unmatched.TryGetValue(KeyOf(content.Length, header["Message-ID"]), out var candidates))
            return false;
        foreach (var uid in candidates)
        {
            if (!await IsEqualAsync(uid, content, cancellationToken))
                continue;
            candidates.Remove(uid);
            return true;
        }

        return false;
    }

    async Task<bool> IsEqualAsync(Uid uid, MessageSpool content, CancellationToken cancellationToken)
    {
        await foreach (var message in mailbox.ListMessagesAsync(UidSet.Of(uid), FetchItems.WholeBody, cancellationToken))
        {
            await using var comparison = new ComparingStream(content.Rewind());
            if (message.Sections is [{ Content: { } octets }] && octets.Length == content.Length)
            {
                await octets.CopyToAsync(comparison, cancellationToken);
                return comparison.IsEqual;
            }
        }

        // Expunged meanwhile.
        return false;
    }

    // The two sides may differ in how they unfold and in the charset that they take raw octets to be in.
    static (long Size, string MessageId) KeyOf(long size, string? messageId) =>
        (size, string.Concat((messageId ?? "").Where(static c => c is > ' ' and < '\x7f')));
}
