using System.Globalization;
using System.Text.Json;

namespace Backend.Benchmarks.Plain;

/// <summary>COPY and MOVE.</summary>
sealed class PlainCopies(PlainConnection connection, int userId, PlainMailboxes mailboxes)
{
    const string Between = "uid BETWEEN $3 AND $4";

    string Among => connection.IsPostgres ? "uid = ANY ($3)" : "uid IN (SELECT value FROM json_each($3))";

    /// <summary>Copies the messages between two UIDs.</summary>
    public Task<(UidSet Source, UidSet Destination)> CopyAsync(int sourceId, string target, long first, long last) => CopyAsync(sourceId, target, Between, first, last);

    /// <summary>Copies messages that do not stand side by side.</summary>
    public Task<(UidSet Source, UidSet Destination)> CopyAsync(int sourceId, string target, long[] uids) => CopyAsync(sourceId, target, Among, List(uids));

    /// <summary>Moves the messages between two UIDs.</summary>
    public Task<(UidSet Source, UidSet Destination)> MoveAsync(int sourceId, string target, long first, long last) => MoveAsync(sourceId, target, Between, first, last);

    async Task<(UidSet Source, UidSet Destination)> CopyAsync(int sourceId, string target, string which, params object[] values)
    {
        await connection.BeginAsync();
        var (_, to) = await LockAsync(sourceId, target);
        var (uids, sums) = await SelectAsync(sourceId, which, values);
        var n = values.Length + 3;
        await connection.ExecuteAsync(
            $"""
            INSERT INTO messages (user_id, mailbox_id, uid, content_id, flags, mod_seq, internal_date, internal_offset, save_date, size)
            SELECT user_id, ${n}, ${n + 1} + row_number() OVER (ORDER BY uid), content_id, flags, ${n + 2}, internal_date, internal_offset, ${n + 3}, size
            FROM messages WHERE user_id = $1 AND mailbox_id = $2 AND {which}
            """,
            [userId, sourceId, .. values, to.MailboxId, to.UidNext - 1, to.HighestModSeq + 1, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()]);
        await connection.ExecuteAsync([mailboxes.SetCounters(Add(to, sums, 1) with { UidNext = to.UidNext + sums.Messages })]);
        await connection.CommitAsync();
        return (UidSet.From(uids), Destination(to, uids.Count));
    }

    async Task<(UidSet Source, UidSet Destination)> MoveAsync(int sourceId, string target, string which, params object[] values)
    {
        await connection.BeginAsync();
        var (from, to) = await LockAsync(sourceId, target);
        var (uids, sums) = await SelectAsync(sourceId, which, values);
        var n = values.Length + 3;
        await connection.ExecuteAsync(
            $"""
            UPDATE messages SET mailbox_id = ${n}, uid = ${n + 1} + moved.place, mod_seq = ${n + 2}, save_date = ${n + 3}
            FROM (SELECT uid AS old_uid, row_number() OVER (ORDER BY uid) AS place FROM messages WHERE user_id = $1 AND mailbox_id = $2 AND {which}) AS moved
            WHERE user_id = $1 AND mailbox_id = $2 AND uid = moved.old_uid
            """,
            [userId, sourceId, .. values, to.MailboxId, to.UidNext - 1, to.HighestModSeq + 1, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()]);
        var moved = UidSet.From(uids);
        var left = Add(from, sums, -1);
        await connection.ExecuteAsync([mailboxes.SetCounters(Add(to, sums, 1) with { UidNext = to.UidNext + sums.Messages }), mailboxes.SetCounters(left), mailboxes.Log(left, 1, moved)]);
        await connection.CommitAsync();
        return (moved, Destination(to, uids.Count));
    }

    async Task<(MailboxRow From, MailboxRow To)> LockAsync(int sourceId, string target)
    {
        var targetId = Convert.ToInt32(await connection.ScalarAsync("SELECT mailbox_id FROM mailboxes WHERE user_id = $1 AND name = $2", userId, target), CultureInfo.InvariantCulture);
        return await mailboxes.LockAsync(sourceId, targetId);
    }

    async Task<(List<Uid> Uids, (long Messages, long Unseen, long Deleted, long Bytes) Sums)> SelectAsync(int mailboxId, string which, object[] values)
    {
        var (uids, unseen, deleted, bytes) = (new List<Uid>(), 0L, 0L, 0L);
        await using var reader = await connection.QueryAsync(
            $"SELECT uid, flags, size FROM messages WHERE user_id = $1 AND mailbox_id = $2 AND {which} ORDER BY uid",
            [userId, mailboxId, .. values]);
        while (await reader.ReadAsync())
        {
            uids.Add(new Uid((uint)reader.GetInt64(0)));
            var flags = reader.GetInt64(1);
            unseen += (flags & 8) == 0 ? 1 : 0;
            deleted += (flags & 4) != 0 ? 1 : 0;
            bytes += reader.GetInt64(2);
        }

        return (uids, (uids.Count, unseen, deleted, bytes));
    }

    object List(long[] uids) => connection.IsPostgres ? uids : JsonSerializer.Serialize(uids);

    static UidSet Destination(MailboxRow to, int count) => UidSet.Between(new Uid((uint)to.UidNext), new Uid((uint)(to.UidNext + count - 1)));

    static MailboxRow Add(MailboxRow mailbox, (long Messages, long Unseen, long Deleted, long Bytes) sums, int sign) => mailbox with
    {
        HighestModSeq = mailbox.HighestModSeq + 1,
        Messages = mailbox.Messages + (sign * sums.Messages),
        Unseen = mailbox.Unseen + (sign * sums.Unseen),
        Deleted = mailbox.Deleted + (sign * sums.Deleted),
        Bytes = mailbox.Bytes + (sign * sums.Bytes),
    };
}
