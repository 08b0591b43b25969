using System.Data.Common;

namespace Backend.Benchmarks.Plain;

/// <summary>The rows of mailboxes: read, locked, and with new counters.</summary>
sealed class PlainMailboxes(PlainConnection connection, int userId)
{
    const string Columns = "mailbox_id, name, selectable, uid_validity, uid_next, highest_mod_seq, messages, unseen, deleted, bytes, recent_uid";

    public const string ById = $"SELECT {Columns} FROM mailboxes WHERE user_id = $1 AND mailbox_id = $2";

    public const string Changed = "INSERT INTO mailbox_changes (user_id, mailbox_id, mod_seq, kind, uids, changed_at) VALUES ($1, $2, $3, $4, $5, $6)";

    public const string Counters = "UPDATE mailboxes SET uid_next = $3, highest_mod_seq = $4, messages = $5, unseen = $6, deleted = $7, bytes = $8 WHERE user_id = $1 AND mailbox_id = $2";

    public static MailboxRow Read(DbDataReader row) => new(
        row.GetInt32(0),
        row.GetString(1),
        row.GetBoolean(2),
        row.GetInt64(3),
        row.GetInt64(4),
        row.GetInt64(5),
        row.GetInt64(6),
        row.GetInt64(7),
        row.GetInt64(8),
        row.GetInt64(9),
        row.GetInt64(10));

    /// <summary>The row as it stands under the lock that orders all changes in the mailbox.</summary>
    public async Task<MailboxRow> LockAsync(int mailboxId)
    {
        await using var row = await connection.QueryAsync(connection.IsPostgres ? $"{ById} FOR NO KEY UPDATE" : ById, userId, mailboxId);
        await row.ReadAsync();
        return Read(row);
    }

    /// <summary>Two of them, locked in the order of their numbers.</summary>
    public async Task<(MailboxRow First, MailboxRow Second)> LockAsync(int first, int second)
    {
        const string sql = $"SELECT {Columns} FROM mailboxes WHERE user_id = $1 AND mailbox_id IN ($2, $3) ORDER BY mailbox_id";
        var rows = new List<MailboxRow>(2);
        await using var reader = await connection.QueryAsync(connection.IsPostgres ? $"{sql} FOR NO KEY UPDATE" : sql, userId, first, second);
        while (await reader.ReadAsync())
            rows.Add(Read(reader));
        return (rows.Single(row => row.MailboxId == first), rows.Single(row => row.MailboxId == second));
    }

    public (string Sql, object[] Values) SetCounters(MailboxRow row) =>
        (Counters, [userId, row.MailboxId, row.UidNext, row.HighestModSeq, row.Messages, row.Unseen, row.Deleted, row.Bytes]);

    /// <summary>The row of the log of changes: 0 for flags, 1 for messages that are gone.</summary>
    public (string Sql, object[] Values) Log(MailboxRow row, int kind, UidSet uids) =>
        (Changed, [userId, row.MailboxId, row.HighestModSeq, kind, uids.ToString(), TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()]);
}
