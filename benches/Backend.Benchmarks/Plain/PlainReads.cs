namespace Backend.Benchmarks.Plain;

/// <summary>STATUS, SELECT, FETCH and LIST.</summary>
sealed class PlainReads(PlainConnection connection, int userId)
{
    const int ChunkSize = 256 * 1024;

    /// <summary>The mailbox's row and the user's keywords.</summary>
    public async Task<(MailboxRow Mailbox, FlagSet Flags)> StatusAsync(int mailboxId)
    {
        var flags = await KeywordsAsync();
        return (await MailboxAsync(mailboxId), flags);
    }

    /// <summary>All that a session starts from, out of one state.</summary>
    public async Task<(MailboxRow Mailbox, FlagSet Flags, List<uint> Uids, long? FirstUnseen)> SelectAsync(int mailboxId)
    {
        await connection.BeginReadAsync();
        var mailbox = await MailboxAsync(mailboxId);
        var flags = await KeywordsAsync();
        var uids = new List<uint>((int)mailbox.Messages);
        await using (var reader = await connection.QueryAsync("SELECT uid FROM messages WHERE user_id = $1 AND mailbox_id = $2 ORDER BY uid", userId, mailboxId))
            while (await reader.ReadAsync())
                uids.Add((uint)reader.GetInt64(0));
        var unseen = mailbox.Unseen == 0
            ? null
            : (long?)await connection.ScalarAsync("SELECT uid FROM messages WHERE user_id = $1 AND mailbox_id = $2 AND flags & 8 = 0 ORDER BY uid LIMIT 1", userId, mailboxId);
        await connection.CommitAsync();
        return (mailbox, flags, uids, unseen);
    }

    public async Task<List<(uint Uid, long Flags, long ModSeq)>> FlagsAsync(int mailboxId, long first, long last)
    {
        var mailbox = await MailboxAsync(mailboxId);
        var rows = new List<(uint, long, long)>((int)Math.Min(mailbox.Messages, last - first + 1));
        await using var reader = await connection.QueryAsync(
            "SELECT uid, flags, mod_seq FROM messages WHERE user_id = $1 AND mailbox_id = $2 AND uid BETWEEN $3 AND $4 ORDER BY uid",
            userId,
            mailboxId,
            first,
            last);
        while (await reader.ReadAsync())
            rows.Add(((uint)reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)));
        return rows;
    }

    /// <summary>Octets of the envelopes together.</summary>
    public async Task<long> EnvelopesAsync(int mailboxId, long first, long last)
    {
        await MailboxAsync(mailboxId);
        var octets = 0L;
        await using var reader = await connection.QueryAsync(
            """
            SELECT m.uid, c.envelope FROM messages AS m JOIN contents AS c ON c.user_id = m.user_id AND c.content_id = m.content_id
            WHERE m.user_id = $1 AND m.mailbox_id = $2 AND m.uid BETWEEN $3 AND $4 ORDER BY m.uid
            """,
            userId,
            mailboxId,
            first,
            last);
        while (await reader.ReadAsync())
            octets += reader.GetInt64(0) > 0 ? reader.GetFieldValue<byte[]>(1).Length : 0;
        return octets;
    }

    /// <summary>Messages of one chunk each, whole.</summary>
    public async Task BodiesAsync(int mailboxId, long first, long last, Stream destination)
    {
        await MailboxAsync(mailboxId);
        var bodies = new List<byte[]>();
        await using (var reader = await connection.QueryAsync(
            """
            SELECT m.uid, k.octets FROM messages AS m JOIN content_chunks AS k ON k.user_id = m.user_id AND k.content_id = m.content_id
            WHERE m.user_id = $1 AND m.mailbox_id = $2 AND m.uid BETWEEN $3 AND $4 ORDER BY m.uid
            """,
            userId,
            mailboxId,
            first,
            last))
            while (await reader.ReadAsync())
                bodies.Add(reader.GetFieldValue<byte[]>(1));
        foreach (var body in bodies)
            await destination.WriteAsync(body);
    }

    /// <summary>A message of many chunks, nothing being open in the database while one is written out.</summary>
    public async Task LargeBodyAsync(int mailboxId, long uid, Stream destination)
    {
        await MailboxAsync(mailboxId);
        long contentId, size;
        await using (var reader = await connection.QueryAsync("SELECT content_id, size FROM messages WHERE user_id = $1 AND mailbox_id = $2 AND uid = $3", userId, mailboxId, uid))
        {
            await reader.ReadAsync();
            (contentId, size) = (reader.GetInt64(0), reader.GetInt64(1));
        }

        for (var chunk = 0; chunk < (size + ChunkSize - 1) / ChunkSize; chunk++)
        {
            var octets = (byte[]?)await connection.ScalarAsync("SELECT octets FROM content_chunks WHERE user_id = $1 AND content_id = $2 AND chunk = $3", userId, contentId, chunk);
            await destination.WriteAsync(octets);
        }
    }

    public async Task<List<MailboxInfo>> ListAsync()
    {
        var mailboxes = new List<(MailboxName Name, bool Selectable, SpecialUse Use)>();
        await using (var reader = await connection.QueryAsync("SELECT name, selectable, special_use FROM mailboxes WHERE user_id = $1 ORDER BY name", userId))
            while (await reader.ReadAsync())
                mailboxes.Add((MailboxName.Parse(reader.GetString(0)), reader.GetBoolean(1), (SpecialUse)reader.GetInt32(2)));
        var subscribed = new HashSet<MailboxName>();
        await using (var reader = await connection.QueryAsync("SELECT name FROM subscriptions WHERE user_id = $1", userId))
            while (await reader.ReadAsync())
                subscribed.Add(MailboxName.Parse(reader.GetString(0)));
        var parents = mailboxes.SelectMany(static each => each.Name.Superiors).ToHashSet();
        return [.. mailboxes.OrderByDescending(static each => each.Name.IsInbox).Select(each => new MailboxInfo
        {
            Name = each.Name,
            SpecialUse = each.Use,
            Attributes = (parents.Contains(each.Name) ? MailboxAttributes.HasChildren : MailboxAttributes.HasNoChildren)
                | (subscribed.Contains(each.Name) ? MailboxAttributes.Subscribed : 0)
                | (each.Selectable ? 0 : MailboxAttributes.NoSelect),
        })];
    }

    async Task<MailboxRow> MailboxAsync(int mailboxId)
    {
        await using var row = await connection.QueryAsync(PlainMailboxes.ById, userId, mailboxId);
        await row.ReadAsync();
        return PlainMailboxes.Read(row);
    }

    async Task<FlagSet> KeywordsAsync()
    {
        var flags = new List<Flag>(Flag.Settable);
        await using var reader = await connection.QueryAsync("SELECT name FROM keywords WHERE user_id = $1 ORDER BY keyword_id", userId);
        while (await reader.ReadAsync())
            flags.Add(Flag.Parse(reader.GetString(0)));
        return FlagSet.Of(flags);
    }
}
