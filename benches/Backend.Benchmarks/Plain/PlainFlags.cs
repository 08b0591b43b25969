namespace Backend.Benchmarks.Plain;

/// <summary>STORE and EXPUNGE.</summary>
sealed class PlainFlags(PlainConnection connection, int userId, PlainMailboxes mailboxes)
{
    const long Flagged = 2;
    const long Deleted = 4;

    /// <summary>Sets \Flagged, or takes it away, on those between two UIDs that do not have it, or have.</summary>
    public async Task<List<(uint Uid, long Flags)>> StoreFlaggedAsync(int mailboxId, long first, long last, bool add)
    {
        await connection.BeginAsync();
        var mailbox = await mailboxes.LockAsync(mailboxId);
        var modSeq = mailbox.HighestModSeq + 1;
        var changed = new List<(uint Uid, long Flags)>();
        await using (var reader = await connection.QueryAsync(
            add
                ? "UPDATE messages SET flags = flags | $5, mod_seq = $6 WHERE user_id = $1 AND mailbox_id = $2 AND uid BETWEEN $3 AND $4 AND flags & $5 = 0 RETURNING uid, flags"
                : "UPDATE messages SET flags = flags & ~$5, mod_seq = $6 WHERE user_id = $1 AND mailbox_id = $2 AND uid BETWEEN $3 AND $4 AND flags & $5 <> 0 RETURNING uid, flags",
            userId,
            mailboxId,
            first,
            last,
            Flagged,
            modSeq))
            while (await reader.ReadAsync())
                changed.Add(((uint)reader.GetInt64(0), reader.GetInt64(1)));
        if (changed.Count > 0)
        {
            changed.Sort();
            var after = mailbox with { HighestModSeq = modSeq };
            await connection.ExecuteAsync([mailboxes.SetCounters(after), mailboxes.Log(after, 0, UidSet.From(changed.Select(static row => new Uid(row.Uid))))]);
        }

        await connection.CommitAsync();
        return changed;
    }

    /// <summary>Removes what has \Deleted between two UIDs.</summary>
    public async Task<UidSet> ExpungeAsync(int mailboxId, long first, long last)
    {
        await connection.BeginAsync();
        var mailbox = await mailboxes.LockAsync(mailboxId);
        var (uids, octets, unseen) = (new List<Uid>(), 0L, 0);
        await using (var reader = await connection.QueryAsync(
            "DELETE FROM messages WHERE user_id = $1 AND mailbox_id = $2 AND uid BETWEEN $3 AND $4 AND flags & $5 <> 0 RETURNING uid, flags, size",
            userId,
            mailboxId,
            first,
            last,
            Deleted))
            while (await reader.ReadAsync())
            {
                uids.Add(new Uid((uint)reader.GetInt64(0)));
                unseen += (reader.GetInt64(1) & 8) == 0 ? 1 : 0;
                octets += reader.GetInt64(2);
            }

        var gone = UidSet.From(uids);
        var after = mailbox with
        {
            HighestModSeq = mailbox.HighestModSeq + 1,
            Messages = mailbox.Messages - uids.Count,
            Deleted = mailbox.Deleted - uids.Count,
            Unseen = mailbox.Unseen - unseen,
            Bytes = mailbox.Bytes - octets,
        };
        await connection.ExecuteAsync([mailboxes.SetCounters(after), mailboxes.Log(after, 1, gone)]);
        await connection.CommitAsync();
        return gone;
    }
}
