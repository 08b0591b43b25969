using System.Globalization;

namespace Backend.Benchmarks.Plain;
/// <summary>
/// The lower bound: what the store does for one user, in SQL written by hand, on the same tables, on one connection that is always open, with
/// prepared statements. It keeps what the store promises: one transaction a change, the lock of the mailbox's row, counters, log of changes.
/// </summary>
sealed class PlainStore : IAsyncDisposable
{
    readonly PlainConnection connection;
    readonly int userId;
    readonly PlainAppend append;

    PlainStore(PlainConnection connection, int userId)
    {
        (this.connection, this.userId) = (connection, userId);
        var rows = new PlainMailboxes(connection, userId);
        append = new PlainAppend(connection, userId);
        Reads = new PlainReads(connection, userId);
        Search = new PlainSearch(connection, userId);
        Flags = new PlainFlags(connection, userId, rows);
        Copies = new PlainCopies(connection, userId, rows);
    }

    public PlainReads Reads { get; }

    public PlainSearch Search { get; }

    public PlainFlags Flags { get; }

    public PlainCopies Copies { get; }

    /// <summary>Acts for a user.</summary>
    public static async Task<PlainStore> OpenAsync(PlainConnection connection, string username)
    {
        await connection.ActForAsync(0);
        var userId = Convert.ToInt32(await connection.ScalarAsync("SELECT id FROM users WHERE name = $1", username), CultureInfo.InvariantCulture);
        await connection.ActForAsync(userId);
        return new PlainStore(connection, userId);
    }

    public async Task<int> FindMailboxAsync(string name) =>
        Convert.ToInt32(await connection.ScalarAsync("SELECT mailbox_id FROM mailboxes WHERE user_id = $1 AND name = $2", userId, name), CultureInfo.InvariantCulture);

    /// <summary>APPEND of messages that are committed together; those of one mailbox stand side by side.</summary>
    public Task AppendAsync(IReadOnlyList<PlainMessage> messages) => append.ExecuteAsync(messages);

    /// <summary>Puts the first messages of the INBOX into a mailbox, with these flags besides their own, as a copy of old would have.</summary>
    public async Task FillAsync(int mailboxId, int count, long flags)
    {
        await connection.BeginAsync();
        await connection.ExecuteAsync(
            """
            INSERT INTO messages (user_id, mailbox_id, uid, content_id, flags, mod_seq, internal_date, internal_offset, save_date, size)
            SELECT source.user_id, target.mailbox_id, target.uid_next - 1 + row_number() OVER (ORDER BY uid), content_id, flags | $4, target.highest_mod_seq + 1, internal_date, internal_offset, save_date, size
            FROM messages AS source JOIN mailboxes AS target ON target.user_id = source.user_id AND target.mailbox_id = $2
            WHERE source.user_id = $1 AND source.mailbox_id = 1 AND source.uid <= $3
            """,
            userId,
            mailboxId,
            (long)count,
            flags);
        await connection.ExecuteAsync(
            """
            UPDATE mailboxes
            SET uid_next = uid_next + $3, recent_uid = uid_next + $3 - 1, highest_mod_seq = highest_mod_seq + 1,
                messages = (SELECT count(*) FROM messages AS m WHERE m.user_id = $1 AND m.mailbox_id = $2),
                bytes = (SELECT coalesce(sum(m.size), 0) FROM messages AS m WHERE m.user_id = $1 AND m.mailbox_id = $2),
                unseen = (SELECT count(*) FROM messages AS m WHERE m.user_id = $1 AND m.mailbox_id = $2 AND m.flags & 8 = 0),
                deleted = (SELECT count(*) FROM messages AS m WHERE m.user_id = $1 AND m.mailbox_id = $2 AND m.flags & 4 <> 0)
            WHERE user_id = $1 AND mailbox_id = $2
            """,
            userId,
            mailboxId,
            (long)count);
        await connection.CommitAsync();
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
