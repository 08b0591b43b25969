namespace Backend.Mime;

/// <summary>Decides in memory whether a message matches the criteria of SEARCH. Thread-safe. RFC 9051 §6.4.4.</summary>
public static class CriteriaMatcher
{
    /// <summary>Whether the key finds the message.</summary>
    /// <param name="key">The key, of at most <see cref="SearchCriteria.MaxDepth"/> levels.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static ValueTask<bool> MatchesAsync(SearchKey key, SearchCandidate message, CancellationToken cancellationToken) => key switch
    {
        SearchKey.Not not => NotAsync(not, message, cancellationToken),
        SearchKey.And and => AndAsync(and, message, cancellationToken),
        SearchKey.Or or => OrAsync(or, message, cancellationToken),
        SearchKey.Header header => HeaderAsync(header, message, cancellationToken),
        SearchKey.Body body => BodyAsync(body, message, cancellationToken),
        SearchKey.Text text => TextAsync(text, message, cancellationToken),
        _ => ValueTask.FromResult(Matches(key, message)),
    };

    /// <summary>How a day stands to that of a key. RFC 9051 §6.4.4: time and zone are disregarded.</summary>
    public static bool Matches(DateComparison comparison, DateTimeOffset date, DateOnly day)
    {
        var own = DateOnly.FromDateTime(date.DateTime);
        return comparison switch
        {
            DateComparison.Before => own < day,
            DateComparison.On => own == day,
            _ => own >= day,
        };
    }

    static bool Matches(SearchKey key, SearchCandidate message) => key switch
    {
        SearchKey.All => true,
        SearchKey.Sequence sequence => sequence.Set.Contains(message.SequenceNumber.Value, message.HighestSequenceNumber.Value),
        SearchKey.Uids uids => uids.Set.Contains(message.Uid, message.HighestUid),
        SearchKey.HasFlag flag => message.Flags.Contains(flag.Flag),
        SearchKey.InternalDate date => Matches(date.Comparison, message.InternalDate, date.Day),
        SearchKey.SaveDate date => Matches(date.Comparison, message.SaveDate.ToUniversalTime(), date.Day),
        SearchKey.Younger younger => AgeOf(message) <= younger.Seconds,
        SearchKey.Older older => AgeOf(message) >= older.Seconds,
        SearchKey.ChangedFrom changed => message.ModSeq >= changed.Lowest,
        SearchKey.SentDate date => message.SentDate is { } sent && Matches(date.Comparison, sent, date.Day),
        SearchKey.Larger larger => message.Size > larger.Octets,
        SearchKey.Smaller smaller => message.Size < smaller.Octets,
        SearchKey.EmailId email => message.EmailId == email.Id,
        SearchKey.ThreadId thread => message.ThreadId == thread.Id,
        _ => throw new ArgumentException($"{key.GetType().Name} is no search key that is known here.", nameof(key)),
    };

    static long AgeOf(SearchCandidate message) => message.Now.ToUnixTimeSeconds() - message.InternalDate.ToUnixTimeSeconds();

    static async ValueTask<bool> NotAsync(SearchKey.Not not, SearchCandidate message, CancellationToken cancellationToken) =>
        !await MatchesAsync(not.Key, message, cancellationToken);

    static async ValueTask<bool> AndAsync(SearchKey.And and, SearchCandidate message, CancellationToken cancellationToken)
    {
        foreach (var key in and.Keys)
            if (!await MatchesAsync(key, message, cancellationToken))
                return false;
        return true;
    }

    static async ValueTask<bool> OrAsync(SearchKey.Or or, SearchCandidate message, CancellationToken cancellationToken) =>
        await MatchesAsync(or.Left, message, cancellationToken) || await MatchesAsync(or.Right, message, cancellationToken);

    static async ValueTask<bool> HeaderAsync(SearchKey.Header header, SearchCandidate message, CancellationToken cancellationToken)
    {
        var needle = CaseMap.Fold(header.Value);
        if (HasField(message.Text.Header, header.Field, needle))
            return true;
        if (message.Text.IsComplete)
            return false;
        await using var stream = await message.OpenAsync(cancellationToken);
        return await BodySearch.HeaderContainsAsync(stream, header.Field, needle, cancellationToken);
    }

    static async ValueTask<bool> BodyAsync(SearchKey.Body body, SearchCandidate message, CancellationToken cancellationToken)
    {
        var needle = CaseMap.Fold(body.Value);
        return Contains(message.Text.Body, needle) || (!message.Text.IsComplete && await SearchAsync(message, withHeader: false, needle, cancellationToken));
    }

    static async ValueTask<bool> TextAsync(SearchKey.Text text, SearchCandidate message, CancellationToken cancellationToken)
    {
        var needle = CaseMap.Fold(text.Value);
        return Contains(message.Text.Header, needle) || Contains(message.Text.PartHeader, needle) || Contains(message.Text.Body, needle)
            || (!message.Text.IsComplete && await SearchAsync(message, withHeader: true, needle, cancellationToken));
    }

    static async ValueTask<bool> SearchAsync(SearchCandidate message, bool withHeader, string needle, CancellationToken cancellationToken)
    {
        await using var stream = await message.OpenAsync(cancellationToken);
        return await BodySearch.ContainsAsync(stream, withHeader, needle, cancellationToken);
    }

    static bool Contains(string text, string needle) => text.Contains(needle, StringComparison.Ordinal);

    // A field is one line of FoldedText.Header, its name what stands before the colon.
    static bool HasField(string header, string name, string needle)
    {
        if (name.AsSpan().ContainsAny(':', '\n'))
            return false;
        var start = $"\n{CaseMap.Fold(name)}:";
        var line = header.IndexOf(start, StringComparison.Ordinal);
        while (line >= 0)
        {
            var value = header.AsSpan(line + start.Length);
            var end = value.IndexOf('\n');
            if ((end < 0 ? value : value[..end]).Contains(needle, StringComparison.Ordinal))
                return true;
            line = header.IndexOf(start, line + start.Length, StringComparison.Ordinal);
        }

        return false;
    }
}
