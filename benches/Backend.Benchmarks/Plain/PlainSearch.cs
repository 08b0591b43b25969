namespace Backend.Benchmarks.Plain;

/// <summary>SEARCH: the statement that somebody who knows the tables writes for each kind.</summary>
sealed class PlainSearch(PlainConnection connection, int userId)
{
    const string Messages = "SELECT m.uid FROM messages AS m WHERE m.user_id = $1 AND m.mailbox_id = $2";
    const string Contents = "SELECT m.uid FROM messages AS m JOIN contents AS c ON c.user_id = m.user_id AND c.content_id = m.content_id WHERE m.user_id = $1 AND m.mailbox_id = $2";

    const string Texts = """
        SELECT m.uid FROM messages AS m JOIN contents AS c ON c.user_id = m.user_id AND c.content_id = m.content_id
        JOIN content_texts AS t ON t.user_id = m.user_id AND t.content_id = m.content_id WHERE m.user_id = $1 AND m.mailbox_id = $2
        """;

    /// <summary>Without a flag.</summary>
    public Task<UidSet> WithoutAsync(int mailboxId, long flag) => FindAsync($"{Messages} AND m.flags & $3 = 0", userId, mailboxId, flag);

    /// <summary>In one of two stretches of UIDs.</summary>
    public Task<UidSet> UidsAsync(int mailboxId, long first, long last, long first2, long last2) =>
        FindAsync($"{Messages} AND (m.uid BETWEEN $3 AND $4 OR m.uid BETWEEN $5 AND $6)", userId, mailboxId, first, last, first2, last2);

    /// <summary>Arrived on this day or later, by its own offset.</summary>
    public Task<UidSet> SinceAsync(int mailboxId, long start) => FindAsync($"{Messages} AND m.internal_date + m.internal_offset * 60 >= $3", userId, mailboxId, start);

    public Task<UidSet> LargerAsync(int mailboxId, long octets) => FindAsync($"{Messages} AND m.size > $3", userId, mailboxId, octets);

    /// <summary>A text in one of the columns of contents. What is cut off would have to be looked at.</summary>
    public Task<UidSet> ContentAsync(int mailboxId, string column, string folded) =>
        FindAsync($"{Contents} AND ({Contains($"c.{column}", 3)} OR NOT c.is_text_complete)", userId, mailboxId, Pattern(folded));

    /// <summary>A text in the header, where it stands at the beginning of a field.</summary>
    public Task<UidSet> HeaderAsync(int mailboxId, string foldedField) =>
        FindAsync($"{Texts} AND ({Contains("t.header", 3)} OR NOT c.is_text_complete)", userId, mailboxId, Pattern(foldedField));

    public Task<UidSet> BodyAsync(int mailboxId, string folded) =>
        FindAsync($"{Texts} AND ({Contains("t.body", 3)} OR NOT c.is_text_complete)", userId, mailboxId, Pattern(folded));

    public Task<UidSet> TextAsync(int mailboxId, string folded) =>
        FindAsync($"{Texts} AND ({Contains("t.header", 3)} OR {Contains("t.part_header", 3)} OR {Contains("t.body", 3)} OR NOT c.is_text_complete)", userId, mailboxId, Pattern(folded));

    /// <summary>Without a flag, and with one text or another in its subject or its From field.</summary>
    public Task<UidSet> MixedAsync(int mailboxId, long flag, string subject, string from) =>
        FindAsync(
            $"{Contents} AND m.flags & $3 = 0 AND ({Contains("c.subject", 4)} OR {Contains("c.\"from\"", 5)} OR NOT c.is_text_complete)",
            userId,
            mailboxId,
            flag,
            Pattern(subject),
            Pattern(from));

    async Task<UidSet> FindAsync(string sql, params object[] values)
    {
        var uids = new List<Uid>();
        await using var reader = await connection.QueryAsync($"{sql} ORDER BY m.uid", values);
        while (await reader.ReadAsync())
            uids.Add(new Uid((uint)reader.GetInt64(0)));
        return UidSet.From(uids);
    }

    string Contains(string column, int parameter) => connection.IsPostgres ? $"{column} LIKE ${parameter}" : $"instr({column}, ${parameter}) > 0";

    string Pattern(string folded) => connection.IsPostgres ? $"%{folded}%" : folded;
}
