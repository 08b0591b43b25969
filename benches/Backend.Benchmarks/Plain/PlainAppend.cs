namespace Backend.Benchmarks.Plain;

/// <summary>APPEND: one look at each mailbox's row, which locks it; then all rows at once.</summary>
sealed class PlainAppend(PlainConnection connection, int userId)
{
    const int ChunkSize = 256 * 1024;

    public async Task ExecuteAsync(IReadOnlyList<PlainMessage> messages)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var statements = new List<(string Sql, object[] Values)>(messages.Count * 4);
        await connection.BeginAsync();
        foreach (var group in messages.GroupBy(static message => message.MailboxId).OrderBy(static group => group.Key))
        {
            var all = group.ToList();
            var (uid, modSeq) = await ReserveAsync(group.Key, all);
            foreach (var message in all)
                Add(statements, message, uid++, ++modSeq, now);
        }

        await connection.ExecuteAsync(statements);
        await connection.CommitAsync();
    }

    /// <summary>The lock and the counters in one statement.</summary>
    async Task<(long Uid, long ModSeq)> ReserveAsync(int mailboxId, List<PlainMessage> messages)
    {
        await using var row = await connection.QueryAsync(
            """
            UPDATE mailboxes
            SET uid_next = uid_next + $3, highest_mod_seq = highest_mod_seq + $3, messages = messages + $3, unseen = unseen + $4, deleted = deleted + $5, bytes = bytes + $6
            WHERE user_id = $1 AND mailbox_id = $2 AND selectable
            RETURNING uid_next, highest_mod_seq, uid_validity
            """,
            userId,
            mailboxId,
            (long)messages.Count,
            (long)messages.Count(static message => (message.Flags & 8) == 0),
            (long)messages.Count(static message => (message.Flags & 4) != 0),
            messages.Sum(static message => (long)message.Octets.Length));
        await row.ReadAsync();
        return (row.GetInt64(0) - messages.Count, row.GetInt64(1) - messages.Count);
    }

    void Add(List<(string Sql, object[] Values)> statements, PlainMessage message, long uid, long modSeq, long now)
    {
        var contentId = ((long)message.MailboxId << 32) | uid;
        var parsed = message.Parsed;
        statements.Add((
            """
            INSERT INTO contents (user_id, content_id, size, sent_day, sent_date, message_id, subject, "from", "to", cc, envelope, body_structure, layout, header_fields, preview, is_text_complete)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """,
            [
                userId, contentId, parsed.Size,
                DateOnly.FromDateTime(parsed.SentDate!.Value.DateTime).DayNumber, parsed.SentDate.Value.ToUnixTimeSeconds(), parsed.MessageId!,
                parsed.Text.Subject, parsed.Text.From, parsed.Text.To, parsed.Text.Cc,
                parsed.Envelope.Encoded.ToArray(), parsed.BodyStructure.Encoded.ToArray(), parsed.Layout.Encode(), parsed.CommonHeaderFields.ToArray(),
                parsed.Preview, parsed.Text.IsComplete,
            ]));
        statements.Add((
            "INSERT INTO content_texts (user_id, content_id, header, part_header, body) VALUES ($1, $2, $3, $4, $5)",
            [userId, contentId, parsed.Text.Header, parsed.Text.PartHeader, parsed.Text.Body]));
        for (var start = 0; start < message.Octets.Length; start += ChunkSize)
            statements.Add((
                "INSERT INTO content_chunks (user_id, content_id, chunk, codec, octets) VALUES ($1, $2, $3, $4, $5)",
                [userId, contentId, start / ChunkSize, 0, message.Octets.AsSpan(start, Math.Min(ChunkSize, message.Octets.Length - start)).ToArray()]));
        statements.Add((
            """
            INSERT INTO messages (user_id, mailbox_id, uid, content_id, flags, mod_seq, internal_date, internal_offset, save_date, size)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            [userId, message.MailboxId, uid, contentId, message.Flags, modSeq, message.Date.ToUnixTimeSeconds(), (short)message.Date.Offset.TotalMinutes, now, parsed.Size]));
    }
}
